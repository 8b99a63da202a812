#pragma once

#include <cstdint>

#include "algorithms/grid/cell.hpp"
#include "algorithms/grid/cell_area.hpp"
#include "algorithms/grid/cell_metric.hpp"
#include "algorithms/grid/grid_spec.hpp"
#include "algorithms/zones/polygon.hpp"

namespace phusong {

/// Length in metres of the shortest way over the Earth between two positions near each other: of a plane with
/// the ellipsoid's two radii of curvature at the middle latitude, or of a conformal map corrected by its
/// scale in the middle. Against the geodesic: below 1e-6 of the length up to 10 km, 1e-4 up to 100 km, south
/// of 60 degrees (Rapp, Geometric Geodesy I, mid-latitude formula).
[[nodiscard]] double metres_between(const EarthSurface& surface, const Point& a, const Point& b);

/// Of a row's cells: squares 1 : 1; else sides at the row's middle latitude, squared, as a ratio with 12 bits
/// behind the point. That misses a distance by at most 6.2e-5 (height / width)^2 of it, in metres: of cells
/// as many degrees wide as high by 7.4e-5 south of 24 degrees, by 2.5e-4 south of 60.
[[nodiscard]] CellMetric metric_of_row(const EarthSurface& surface, const GridSpec& grid, std::int32_t row);

/// Centre of a cell in map coordinates.
[[nodiscard]] inline Point centre_of(const GridSpec& grid, Cell cell) {
    return {grid.x_at(cell.column + 0.5), grid.y_at(cell.row + 0.5)};
}

}  // namespace phusong
