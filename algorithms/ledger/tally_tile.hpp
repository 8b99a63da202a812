#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "algorithms/grid/cell_area.hpp"
#include "algorithms/grid/tile_view.hpp"
#include "algorithms/ledger/ledger.hpp"
#include "algorithms/ledger/row_people.hpp"
#include "algorithms/zones/zone_index.hpp"

namespace phusong {

/// A layer that serves part of the households: share per cell, NaN where unknown.
struct ShareLayer {
    std::int32_t layer = 0;
    TileView<const double> share;
};

/// Neighbouring cells of one row with one service state.
struct StateRun {
    std::int32_t end = 0;  ///< column one past the last; the first follows from the run before
    ServiceState state;
    bool noted = true;  ///< whether bookings of these cells are asked for

    friend bool operator==(const StateRun&, const StateRun&) = default;
};

/// What neighbouring cells of one row add to one line of the ledger. All of the cells have people, or none.
struct Booking {
    std::int32_t row = 0;
    std::int32_t first = 0;  ///< column
    std::int32_t end = 0;    ///< one past the last column
    bool populated = false;
    LedgerKey key;
    LedgerAmount amount;
};

/// Counts people and land of one tile by commune and service state, row by row. Every cell's people and land
/// end up with its owners or outside, to the last unit; where communes overlap, the surplus is booked as
/// counted twice. Pure: no files, no clock, no globals. Cost grows with the runs of states and the cells that
/// borders cut, not with the cells.
class TileTally {
public:
    /// @param share_layers of all cells of the tile
    /// @param bookings when given, gets all that was added for noted cells, in row-major order; the bookings
    /// of a cell with several owners follow each other
    /// @param notes_cut_cells whether cells that a border cuts are booked also where they are not noted
    /// @param notes_outside whether cells that no commune reaches are booked
    /// @pre what is named here outlives the tally
    TileTally(const TileCover& cover, const CellAreas& areas, std::span<const ShareLayer> share_layers,
              Ledger& ledger, std::vector<Booking>* bookings = nullptr, bool notes_cut_cells = false,
              bool notes_outside = true)
        : cover_{&cover},
          areas_{&areas},
          share_layers_{share_layers},
          ledger_{&ledger},
          bookings_{bookings},
          notes_cut_cells_{notes_cut_cells},
          notes_outside_{notes_outside} {}

    /// The next row. @param states up to the window's last column @pre rows come from the north
    /// @throws QuantityOverflow
    void add_row(std::int32_t row, std::span<const StateRun> states, const RowPeople& people);
    /// After the last row. @throws QuantityOverflow
    void finish();

private:
    /// A line of the ledger in the making; neighbouring runs mostly add to the same few.
    struct Line {
        LedgerKey key;
        LedgerAmount amount;
        bool used = false;
    };
    static constexpr std::size_t lines = 64;

    void whole_run(std::int32_t first, std::int32_t end, ZoneNumber zone);
    void shared_cell(std::int32_t column, std::span<const Owner> owners);
    void note_run(const LedgerKey& key, std::int32_t first, std::int32_t end);
    void book(std::int32_t column, const LedgerKey& key, const LedgerAmount& amount);
    void add(const LedgerKey& key, const LedgerAmount& amount);
    /// The run that holds a column; columns are asked for from the west.
    [[nodiscard]] const StateRun& run_at(std::int32_t column) {
        while (states_[at_].end <= column) ++at_;
        return states_[at_];
    }
    [[nodiscard]] Persons people(std::int32_t first, std::int32_t end) const {
        return people_->sum(first - cover_->window.column, end - cover_->window.column);
    }

    const TileCover* cover_;
    const CellAreas* areas_;
    std::span<const ShareLayer> share_layers_;
    Ledger* ledger_;
    std::vector<Booking>* bookings_;
    bool notes_cut_cells_;
    bool notes_outside_;
    std::array<Line, lines> lines_{};
    std::size_t segment_ = 0;  ///< next of the cover

    // Of the row in hand.
    std::int32_t row_ = 0;
    std::span<const StateRun> states_;
    std::size_t at_ = 0;
    const RowPeople* people_ = nullptr;
};

/// What a tally reads of one tile that is held cell by cell; all views have the cover's window.
struct TallyInput {
    const TileCover& cover;
    TileView<const Persons> people;
    TileView<const ServiceState> states;
    const CellAreas& areas;
    std::span<const ShareLayer> share_layers;
};

/// All rows of a tile, every cell noted.
void tally_tile(const TallyInput& tile, Ledger& ledger, std::vector<Booking>* bookings = nullptr);

}  // namespace phusong
