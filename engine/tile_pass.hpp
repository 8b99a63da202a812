#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "algorithms/ledger/tally_tile.hpp"
#include "engine/event_pass.hpp"
#include "engine/layer_reader.hpp"
#include "engine/mixed_cells.hpp"
#include "engine/partial.hpp"
#include "engine/people_reader.hpp"
#include "engine/plan.hpp"
#include "engine/sources.hpp"
#include "engine/state_rows.hpp"
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
    /// What was read of the population and of each layer; of polygons nothing.
    std::vector<Window> windows;
};

/// The one pass over a tile: read every layer once, ask every question, keep sums. One for each thread.
class TilePass {
public:
    /// @pre plan and sources outlive the pass
    TilePass(const Plan& plan, const Sources& sources, PassKeeps keeps);

    /// @throws InputError naming file and window
    [[nodiscard]] TileResult operator()(std::size_t tile);

private:
    /// Counts all cells of a tile, row by row; keeps their runs and, where they are asked for, their states.
    void tally(Window population_window, Window study_window, Partial& partial, Ledger& ledger);
    [[nodiscard]] bool notes(ServiceState state);
    void spread_people(Window population_window, Window study_window);
    void spread_states(Window study_window);
    /// Any operator's answers, by some layers.
    [[nodiscard]] std::vector<Service> answers(Window study_window,
                                               std::span<const std::size_t> layers) const;
    [[nodiscard]] std::vector<Service> answers_after(std::span<const std::size_t> layers) const;
    /// What the tile in hand holds cell by cell, without labels and fates.
    void note_record(Window study_window);
    /// Cells of a row that sampling blurs.
    void note_mixed_cells(std::int32_t population_row, Window study_window, const PeopleRow& people,
                          Partial& partial) const;

    struct KnownState {
        ServiceState state;
        bool known = false;
        bool noted = false;
    };

    const Plan* plan_;
    PassKeeps keeps_;
    PeopleReader people_;
    LayerReaders layers_;
    std::optional<EventPass> event_;
    CoverMaker cover_maker_;
    TileCover cover_;
    StateRows state_rows_;
    RowPeople row_people_;
    MixedCells mixed_cells_;
    std::vector<StateRun> runs_;            ///< of all rows of a tile, where kept
    std::vector<std::size_t> runs_of_row_;  ///< where a row's runs end
    std::vector<Persons> study_people_;     ///< of study cells, where asked for
    std::vector<ServiceState> states_;      ///< of study cells, where asked for
    std::array<KnownState, 64> known_{};    ///< whether states were found to be noted
    std::vector<Booking> bookings_;
    std::vector<Booking> after_bookings_;
    TileRecord record_;
};

}  // namespace phusong
