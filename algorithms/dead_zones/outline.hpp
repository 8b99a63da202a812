#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "algorithms/grid/grid_spec.hpp"
#include "algorithms/zones/polygon.hpp"

namespace phusong {

/// Neighbouring cells of one row.
struct CellRun {
    std::int32_t row = 0;
    std::int32_t first = 0;  ///< column
    std::int32_t end = 0;    ///< one past the last column

    friend bool operator==(const CellRun&, const CellRun&) = default;
};

/// A corner of cells: the north-west corner of cell (row, column).
struct Corner {
    std::int32_t row = 0;
    std::int32_t column = 0;

    friend auto operator<=>(const Corner&, const Corner&) = default;
};

/// A closed line along cell edges; the last corner joins the first, which is not repeated. Every corner is a
/// turn.
using CornerRing = std::vector<Corner>;

/// Cells that are connected over their edges, with the rings around and inside them.
struct OutlinePart {
    CornerRing shell;               ///< counter-clockwise, seen with north up
    std::vector<CornerRing> holes;  ///< clockwise

    friend bool operator==(const OutlinePart&, const OutlinePart&) = default;
};

/// A set of cells as shapes that are valid for OGC: cells that touch at a corner only lie in different parts,
/// and what a part encloses is a hole, also where hole and shell touch at a corner.
using Outline = std::vector<OutlinePart>;

/// Draws around cells. Parts are in the order of their first cells, rings start at their first corner; time
/// and memory are linear in the number of runs.
/// @pre the runs are in row-major order, and those of one row neither overlap nor touch
[[nodiscard]] Outline outline_of(std::span<const CellRun> runs);

/// The same in map coordinates; rings are closed.
[[nodiscard]] MultiPolygon on_map(const Outline& outline, const GridSpec& grid);

}  // namespace phusong
