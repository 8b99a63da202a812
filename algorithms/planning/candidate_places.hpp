#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "algorithms/grid/cell_area.hpp"
#include "algorithms/grid/grid_spec.hpp"
#include "algorithms/zones/polygon.hpp"

namespace phusong {

/// How many people ask for service, by cell of a coarse lattice.
struct DemandMap {
    GridSpec grid;
    std::vector<double> people;  ///< row-major, not negative
};

/// Blocks of cells small against a footprint, and few enough to be held at once.
/// @param radius_m of a footprint
/// @return cells a side of a block
[[nodiscard]] std::int32_t demand_block_side(const GridSpec& grid, const EarthSurface& surface,
                                             double radius_m);
/// The lattice of blocks of so many cells a side; the last row and column may reach beyond the grid.
[[nodiscard]] GridSpec demand_grid(const GridSpec& grid, std::int32_t block_side);

/// Where new sites would reach many people, when nobody names places: first the local maxima of the people
/// within the radius, compared within half a radius, the best first; then, again and again, the place within
/// whose radius most people live whom no place before it reaches. At most so many places; none that adds
/// fewer than `least_people` to those before it. Of places that reach equally many, the one where more live
/// is better, then the first in row-major order. O(cells x cells of a footprint); the same bits every time.
[[nodiscard]] std::vector<Point> candidate_places(const DemandMap& demand, const EarthSurface& surface,
                                                  double radius_m, std::size_t most, double least_people = 1);

}  // namespace phusong
