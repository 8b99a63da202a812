#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "algorithms/ledger/tally_tile.hpp"
#include "engine/event_pass.hpp"
#include "engine/layer_reader.hpp"
#include "engine/partial.hpp"
#include "engine/plan.hpp"
#include "engine/sources.hpp"
#include "engine/tile_record.hpp"

namespace phusong {

/// Any operator's answer of every technology on one study tile, for maps.
struct ServiceTile {
    Window study_window;
    std::vector<std::vector<Service>> of_technology;  ///< row-major
    std::vector<std::vector<Service>> after;          ///< the same after the study's event; empty without one
};

/// What a pass keeps besides its sums.
struct PassKeeps {
    bool services = false;  ///< any operator's answers, for maps
    bool records = false;   ///< the tile cell by cell, for dead zones
};

struct TileResult {
    Partial partial;
    ServiceTile services;              ///< empty unless asked for
    std::vector<std::uint8_t> record;  ///< an encoded TileRecord; empty unless asked for
};

/// The one pass over a tile: read every layer once, ask every question, keep sums. One for each thread.
class TilePass {
public:
    /// @pre plan and sources outlive the pass
    TilePass(const Plan& plan, const Sources& sources, PassKeeps keeps);

    /// @throws InputError naming file and window
    [[nodiscard]] TileResult operator()(std::size_t tile);

private:
    void read_people(Window population_window, Partial& partial);
    void spread_people(Window population_window, Window study_window);
    [[nodiscard]] TileRecord record_of(Window population_window, Window study_window, const TileCover& cover,
                                       std::span<const Booking> bookings) const;
    void note_mixed_cells(Window population_window, const ServiceTile& services, const TileCover& cover,
                          Partial& partial) const;

    const Plan* plan_;
    PassKeeps keeps_;
    std::unique_ptr<RasterReader> population_;
    LayerReaders layers_;
    std::optional<EventPass> event_;
    std::vector<double> values_;         ///< of population cells
    std::vector<Persons> cell_people_;   ///< of population cells
    std::vector<Persons> study_people_;  ///< of study cells
    std::vector<ServiceState> states_;   ///< of study cells
    std::vector<Booking> bookings_;
    std::vector<Booking> after_bookings_;
};

}  // namespace phusong
