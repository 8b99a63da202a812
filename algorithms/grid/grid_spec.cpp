#include "algorithms/grid/grid_spec.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace phusong {

GridSpec refined(const GridSpec& grid, std::int32_t refine) {
    assert(refine >= 1);
    GridSpec fine = grid;
    fine.cell_width = grid.cell_width / refine;
    fine.cell_height = grid.cell_height / refine;
    fine.rows = grid.rows * refine;
    fine.columns = grid.columns * refine;
    return fine;
}

namespace {

/// One axis: the number of fine cells in a coarse one and the fine index of the coarse origin.
/// `lead` is how far the coarse origin lies beyond the fine origin along the axis, in map units.
bool nests_on_axis(double fine_size, double coarse_size, double lead, std::int32_t fine_count,
                   std::int32_t coarse_count, std::int32_t& ratio, std::int64_t& offset) {
    const double exact_ratio = coarse_size / fine_size;
    const double whole_ratio = std::round(exact_ratio);
    if (!(whole_ratio >= 1) || whole_ratio > 1e6) return false;
    const double exact_offset = lead / fine_size;
    const double whole_offset = std::round(exact_offset);
    if (!(std::abs(exact_offset) < 1e15)) return false;
    // The mismatch is linear along the axis: its worst value is at one end of the longer grid.
    const double reach = std::max(static_cast<double>(fine_count) / exact_ratio, double{1} * coarse_count);
    const double drift = std::abs(exact_ratio - whole_ratio) * reach;
    if (std::abs(exact_offset - whole_offset) + drift > lattice_tolerance) return false;
    ratio = static_cast<std::int32_t>(whole_ratio);
    offset = static_cast<std::int64_t>(whole_offset);
    return true;
}

}  // namespace

bool nests_in(const GridSpec& fine, const GridSpec& coarse, LatticeRatio& ratio) {
    LatticeRatio found;
    if (!nests_on_axis(fine.cell_width, coarse.cell_width, coarse.origin_x - fine.origin_x, fine.columns,
                       coarse.columns, found.ratio_columns, found.column_offset)) {
        return false;
    }
    if (!nests_on_axis(fine.cell_height, coarse.cell_height, fine.origin_y - coarse.origin_y, fine.rows,
                       coarse.rows, found.ratio_rows, found.row_offset)) {
        return false;
    }
    ratio = found;
    return true;
}

}  // namespace phusong
