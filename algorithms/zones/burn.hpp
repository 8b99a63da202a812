#pragma once

#include <cstdint>
#include <vector>

#include "algorithms/grid/tile_view.hpp"
#include "algorithms/zones/lattice_shape.hpp"

namespace phusong {

/// Sets `value` in every cell of the view whose centre lies inside the shape. A centre exactly on an edge
/// counts on one side only: polygons that share an edge never both claim it.
void burn(const LatticeShape& shape, std::uint8_t value, TileView<std::uint8_t> view);

}  // namespace phusong
