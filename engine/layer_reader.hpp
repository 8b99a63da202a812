#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "engine/plan.hpp"
#include "engine/sources.hpp"
#include "engine/state_rows.hpp"
#include "engine/value_audit.hpp"

namespace phusong {

/// One layer's answers on a study tile.
struct LayerTile {
    /// Row-major over the tile; empty when a layer has `bytes` and cells were not asked for.
    std::vector<Service> services;
    std::vector<double> shares;  ///< of a share layer: part of the households, NaN where unknown; else empty
    /// Of a layer whose answers follow from bytes: those of `plane`, of its own cells where the lattices
    /// nest, else of study cells. Else empty, and the plane shows `services`.
    std::vector<std::uint8_t> bytes;
    bool by_bytes = false;
    std::optional<std::uint8_t> beyond_byte;  ///< byte of study cells whose points are off the raster
    Window read;  ///< what was read of the raster; empty where nothing was, and of polygons
    ServicePlane plane;
    /// Of a layer without bytes; of one with bytes it follows from how often each occurs.
    ValueAudit audit;
};

/// Brings every coverage layer onto study tiles; one for each thread. Layers on the same lattice share the
/// work of finding cells.
class LayerReaders {
public:
    /// @pre plan and sources outlive the readers
    LayerReaders(const Plan& plan, const Sources& sources);
    ~LayerReaders();
    LayerReaders(LayerReaders&& other) noexcept;
    LayerReaders& operator=(LayerReaders&& other) noexcept;

    /// Tiles of all layers: coverage, coverage after an event, rasters of damage; valid until the next call.
    /// @param cells whether `services` are asked for of layers that have bytes, too
    /// @throws InputError naming file and window
    [[nodiscard]] const std::vector<LayerTile>& read(Window study_window, bool cells);

    /// What was read last.
    [[nodiscard]] const std::vector<LayerTile>& tiles() const;

    /// What the counts of a layer's bytes say about its values. @pre it has bytes
    void add_counts(std::size_t layer, std::span<const std::int64_t> cells_of_bytes,
                    std::int64_t cells_beyond, ValueAudit& audit) const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace phusong
