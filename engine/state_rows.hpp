#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "algorithms/grid/grid_spec.hpp"
#include "algorithms/grid/window.hpp"
#include "algorithms/ledger/tally_tile.hpp"
#include "algorithms/service/service.hpp"

namespace phusong {

/// What every byte of a layer answers.
using ByteServices = std::array<Service, 256>;

/// One layer's answers on a tile, as bytes of a lattice whose cells hold whole study cells.
struct ServicePlane {
    std::size_t layer = 0;
    Window hull;                          ///< of the layer's own cells
    std::span<const std::uint8_t> bytes;  ///< row-major over the hull
    LatticeRatio ratio;                   ///< the layer's cells in study cells
    const ByteServices* services = nullptr;
    Service beyond = Service::unknown;  ///< of study cells off the hull
};

/// Turns the planes of a tile into runs of one service state, row by row. Cost: some operations for 64 cells
/// of each layer, and for each run.
class StateRows {
public:
    /// A new tile. @pre the planes outlive their use
    void assign(Window study_window, std::span<const ServicePlane> planes);

    /// Runs of a row, neighbouring ones of different states; valid until the next call.
    [[nodiscard]] std::span<StateRun> row(std::int32_t row);

    /// How many study cells of the rows so far held each byte of a plane; those beyond its hull.
    [[nodiscard]] std::span<const std::int64_t> cells_of_bytes(std::size_t plane) const {
        return layers_[plane].cells_of_bytes;
    }
    [[nodiscard]] std::int64_t cells_beyond(std::size_t plane) const { return layers_[plane].cells_beyond; }

private:
    struct Layer {
        ServicePlane plane;
        std::array<std::uint64_t, 256> bits{};  ///< of a state, by byte
        std::uint64_t bits_beyond = 0;
        std::array<std::int64_t, 256> cells_of_bytes{};
        std::int64_t cells_beyond = 0;
        // Of the row in hand; columns count from the window's first.
        std::int64_t raster_row = 0;
        const std::uint8_t* bytes = nullptr;  ///< of the hull's row; null beyond the hull
        std::int32_t first = 0;               ///< column where the hull begins
        std::int32_t end = 0;                 ///< column where it ends
    };

    [[nodiscard]] bool turn_to(Layer& layer, std::int32_t row) const;
    void mark(const Layer& layer);
    [[nodiscard]] std::uint64_t state_from(std::int32_t first, std::int32_t end);
    [[nodiscard]] std::size_t byte_place(const Layer& layer, std::int32_t column) const;

    Window window_;
    std::vector<Layer> layers_;
    std::vector<std::uint64_t> changes_;  ///< a bit a column: another state may begin
    std::vector<std::uint64_t> raster_changes_;
    std::vector<const std::uint8_t*> together_;  ///< rows of layers that are looked at together
    std::vector<std::int32_t> ends_;             ///< of runs of one byte in every layer
    std::vector<StateRun> runs_;
    bool has_row_ = false;
};

}  // namespace phusong
