#pragma once

#include <cstdint>

#include "algorithms/grid/window.hpp"

namespace phusong {

/// A north-up lattice in map coordinates (degrees or metres, x east, y north). Rows run south from
/// `origin_y`.
struct GridSpec {
    double origin_x = 0;     ///< western edge of column 0
    double origin_y = 0;     ///< northern edge of row 0
    double cell_width = 1;   ///< > 0
    double cell_height = 1;  ///< > 0, although y decreases with the row
    std::int32_t rows = 0;
    std::int32_t columns = 0;

    [[nodiscard]] Window window() const { return {0, 0, rows, columns}; }

    /// Fractional column of an x, fractional row of a y: integers lie on cell edges.
    [[nodiscard]] double column_at(double x) const { return (x - origin_x) / cell_width; }
    [[nodiscard]] double row_at(double y) const { return (origin_y - y) / cell_height; }

    /// Map coordinate of a fractional column or row; column + 0.5 is a cell's centre.
    [[nodiscard]] double x_at(double column) const { return origin_x + column * cell_width; }
    [[nodiscard]] double y_at(double row) const { return origin_y - row * cell_height; }

    friend bool operator==(const GridSpec&, const GridSpec&) = default;
};

/// The lattice whose cells are `refine` x `refine` equal parts of the cells of `grid`. @pre refine >= 1
[[nodiscard]] GridSpec refined(const GridSpec& grid, std::int32_t refine);

/// How one lattice lies on another, when every cell of `fine` lies whole in one cell of `coarse`.
struct LatticeRatio {
    std::int32_t ratio_rows = 1;     ///< fine rows per coarse row
    std::int32_t ratio_columns = 1;  ///< fine columns per coarse column
    std::int64_t row_offset = 0;     ///< fine row of the coarse grid's northern edge
    std::int64_t column_offset = 0;  ///< fine column of the coarse grid's western edge

    friend bool operator==(const LatticeRatio&, const LatticeRatio&) = default;
};

/// Largest distance, in fine cells over the whole extent of both grids, at which two lattices still count as
/// one. Files carry cell sizes such as 0.0083333333 whose error adds up over the columns: WorldPop's
/// 30 arc-second grid of Vietnam drifts by 6e-6 of a cell from edge to edge.
inline constexpr double lattice_tolerance = 1e-3;

/// Whether `fine` nests in `coarse` (the same lattice, or an integer multiple), and how.
/// @return false when it does not; `ratio` is then untouched.
[[nodiscard]] bool nests_in(const GridSpec& fine, const GridSpec& coarse, LatticeRatio& ratio);

}  // namespace phusong
