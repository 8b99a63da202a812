#pragma once

#include <cstdint>
#include <vector>

#include "algorithms/grid/window.hpp"
#include "algorithms/quantities/share.hpp"
#include "algorithms/zones/lattice_shape.hpp"

namespace phusong {

/// Neighbouring cells of one row that a shape covers to the same part. Interior rows are one run of whole
/// cells; an exactly horizontal edge leaves a run of partial ones.
struct ShareRun {
    std::int32_t row = 0;
    std::int32_t first_column = 0;
    std::int32_t columns = 0;
    Share share;

    friend bool operator==(const ShareRun&, const ShareRun&) = default;
};

/// The exact part of every cell of `window` that lies inside `shape`: runs in row-major order, without
/// overlaps, cells that hold nothing left out.
///
/// Signed-area accumulation: every edge leaves, in each cell that it crosses, its height and the area between
/// it and the cell's eastern side; one sweep from the west turns both into shares. Cost grows with the length
/// of the boundary. Holes and parts need no special case, nor do vertices on cell corners or edges along cell
/// lines.
///
/// Error: below 4e-12 of a cell a vertex (the lattice's unit and the rounding of crossings), plus 2^-41 for
/// the rounding to a Share. The same cell gets the same bits in every window that holds it.
/// @pre the shape's rings do not cross and its parts do not overlap
[[nodiscard]] std::vector<ShareRun> cell_shares(const LatticeShape& shape, Window window);

}  // namespace phusong
