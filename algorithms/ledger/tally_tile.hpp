#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "algorithms/grid/cell_area.hpp"
#include "algorithms/grid/tile_view.hpp"
#include "algorithms/ledger/ledger.hpp"
#include "algorithms/zones/zone_index.hpp"

namespace phusong {

/// A layer that serves part of the households: share per cell, NaN where unknown.
struct ShareLayer {
    std::int32_t layer = 0;
    TileView<const double> share;
};

/// What the tally reads of one tile; all views have the cover's window.
struct TallyInput {
    const TileCover& cover;
    TileView<const Persons> people;
    TileView<const ServiceState> states;
    const CellAreas& areas;
    std::span<const ShareLayer> share_layers;
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

/// Counts people and land of one tile by commune and service state. Every cell's people and land end up with
/// its owners or outside, to the last unit; where communes overlap, the surplus is booked as counted twice.
/// Pure: no files, no clock, no globals.
/// @param bookings when given, gets all that was added, in row-major order; the bookings of a cell with
/// several owners follow each other
void tally_tile(const TallyInput& tile, Ledger& ledger, std::vector<Booking>* bookings = nullptr);

/// Part `index` of `parts` nearly equal parts of an amount that add up to it exactly; the amount is cut at
/// the rounded-down multiples, so no part differs from another by more than one unit.
/// @pre parts >= 1 and 0 <= index < parts
[[nodiscard]] Persons even_part(Persons amount, std::int64_t index, std::int64_t parts);

}  // namespace phusong
