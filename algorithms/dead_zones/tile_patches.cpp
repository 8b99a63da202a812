#include "algorithms/dead_zones/tile_patches.hpp"

#include <algorithm>
#include <limits>

#include "algorithms/support/disjoint_sets.hpp"

namespace phusong {

namespace {

/// Neighbouring cells of a row that are all unserved inside communes, with or without people.
struct ConnectedRun {
    std::int32_t row = 0;
    std::int32_t first = 0;
    std::int32_t end = 0;
};

constexpr std::uint32_t no_run = std::numeric_limits<std::uint32_t>::max();

/// Remembers the last answer: neighbouring bookings mostly share their state.
class Misses {
public:
    explicit Misses(const PatchRule& rule) : rule_{rule}, answer_{rule.misses({})} {}

    [[nodiscard]] bool operator()(ServiceState state) {
        if (asked_ != state) {
            asked_ = state;
            answer_ = rule_.misses(state);
        }
        return answer_;
    }

private:
    const PatchRule& rule_;
    ServiceState asked_;
    bool answer_;
};

struct ConnectedRuns {
    std::vector<ConnectedRun> runs;
    std::vector<std::uint32_t> of_booking;  ///< no_run for bookings of other cells
};

ConnectedRuns connect(const PatchRule& rule, std::span<const Booking> bookings) {
    ConnectedRuns connected;
    connected.of_booking.assign(bookings.size(), no_run);
    std::vector<ConnectedRun>& runs = connected.runs;
    Misses misses{rule};
    for (std::size_t i = 0; i < bookings.size(); ++i) {
        const Booking& booking = bookings[i];
        // What is counted twice lies inside communes, too; it follows the owners of its cell.
        if (booking.key.zone == outside_every_zone || !misses(booking.key.state)) continue;
        if (!runs.empty() && runs.back().row == booking.row && runs.back().end >= booking.first) {
            runs.back().end = std::max(runs.back().end, booking.end);
        } else {
            runs.push_back({booking.row, booking.first, booking.end});
        }
        connected.of_booking[i] = static_cast<std::uint32_t>(runs.size() - 1);
    }
    return connected;
}

DisjointSets unite(const std::vector<ConnectedRun>& runs, bool corners_join) {
    DisjointSets sets{runs.size()};
    const std::int32_t reach = corners_join ? 1 : 0;
    std::size_t above = 0;
    for (std::size_t i = 0; i < runs.size(); ++i) {
        const ConnectedRun& run = runs[i];
        while (above < i && (runs[above].row + 1 < run.row ||
                             (runs[above].row + 1 == run.row && runs[above].end + reach <= run.first))) {
            ++above;
        }
        for (std::size_t j = above; j < i; ++j) {
            if (runs[j].row + 1 != run.row || runs[j].first >= run.end + reach) break;
            sets.unite(static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(j));
        }
    }
    return sets;
}

/// Numbers the sets in the order of their first runs, which is the order of their first cells.
std::vector<std::uint32_t> numbered(DisjointSets& sets, const std::vector<ConnectedRun>& runs,
                                    std::int32_t columns, std::vector<Patch>& patches) {
    std::vector<std::uint32_t> patch_of_run(runs.size());
    for (std::uint32_t i = 0; i < runs.size(); ++i) {
        const std::uint32_t root = sets.find(i);
        if (root == i) {
            patch_of_run[i] = static_cast<std::uint32_t>(patches.size());
            Patch patch;
            patch.key = CellNumber{runs[i].row} * columns + runs[i].first;
            patches.push_back(std::move(patch));
        } else {
            patch_of_run[i] = patch_of_run[root];  // a root comes before all of its set
        }
    }
    return patch_of_run;
}

void add_border_run(std::vector<BorderRun>& border, std::int32_t first, std::int32_t end, CellNumber patch) {
    if (!border.empty() && border.back().patch == patch && border.back().end == first) {
        border.back().end = end;
    } else {
        border.push_back({first, end, patch});
    }
}

void note_borders(const PatchRule& rule, const Window& tile, const std::vector<ConnectedRun>& runs,
                  const std::vector<std::uint32_t>& patch_of_run, TilePatches& result) {
    const auto border = [&](Side side) -> std::vector<BorderRun>& {
        return result.borders[static_cast<std::size_t>(side)];
    };
    for (std::size_t i = 0; i < runs.size(); ++i) {
        const ConnectedRun& run = runs[i];
        const CellNumber patch = result.patches[patch_of_run[i]].key;
        const bool north = run.row == tile.row;
        const bool south = run.row + 1 == tile.row_end();
        const bool west = run.first == tile.column;
        const bool east = run.end == tile.column_end();
        if (north) add_border_run(border(Side::north), run.first, run.end, patch);
        if (south) add_border_run(border(Side::south), run.first, run.end, patch);
        if (west) add_border_run(border(Side::west), run.row, run.row + 1, patch);
        if (east) add_border_run(border(Side::east), run.row, run.row + 1, patch);
        if (!rule.corners_join) continue;
        const auto corner = [&](Side side, bool touches, std::int32_t column) {
            if (touches) add_border_run(border(side), column, column + 1, patch);
        };
        corner(Side::north_west, north && west, run.first);
        corner(Side::north_east, north && east, run.end - 1);
        corner(Side::south_west, south && west, run.first);
        corner(Side::south_east, south && east, run.end - 1);
    }
}

}  // namespace

TilePatches tile_patches(const PatchRule& rule, std::span<const Booking> bookings, const Window& tile,
                         const CellAreas& areas, std::int32_t columns) {
    TilePatches result;
    const ConnectedRuns connected = connect(rule, bookings);
    DisjointSets sets = unite(connected.runs, rule.corners_join);
    const std::vector<std::uint32_t> patch_of_run = numbered(sets, connected.runs, columns, result.patches);

    for (std::size_t i = 0; i < bookings.size(); ++i) {
        if (connected.of_booking[i] == no_run) continue;
        const Booking& booking = bookings[i];
        if (rule.populated_only && !booking.populated) continue;
        const std::uint32_t number = patch_of_run[connected.of_booking[i]];
        Patch& patch = result.patches[number];
        patch.add(booking.key, booking.amount);
        // The owners of a shared cell are booked one after the other; the cell is counted once.
        PatchRun* const last = result.runs.empty() ? nullptr : &result.runs.back();
        if (last != nullptr && last->row == booking.row && last->end >= booking.end) continue;
        if (patch.first_cell == Patch::none) {
            patch.first_cell = CellNumber{booking.row} * columns + booking.first;
        }
        patch.cells += booking.end - booking.first;
        patch.area += areas.of_run(booking.row, booking.first, booking.end);
        patch.bounds = united(patch.bounds, {booking.row, booking.first, 1, booking.end - booking.first});
        if (last != nullptr && last->row == booking.row && last->end == booking.first) {
            last->end = booking.end;  // neighbours in a row are always of one patch
        } else {
            result.runs.push_back({booking.row, booking.first, booking.end, number});
        }
    }
    note_borders(rule, tile, connected.runs, patch_of_run, result);
    return result;
}

}  // namespace phusong
