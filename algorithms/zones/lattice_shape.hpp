#pragma once

#include <cstdint>
#include <vector>

#include "algorithms/grid/grid_spec.hpp"
#include "algorithms/zones/polygon.hpp"

namespace phusong {

/// A position on a lattice in units of 2^-42 of a cell: x counts columns east, y counts rows south. Fixed
/// point makes every sum over edges exact, so that a share does not depend on the window it is asked for, and
/// the shares on both sides of a common border add up to one. 2^-42 of a 100 m cell is 0.02 nm.
struct LatticePoint {
    static constexpr int fraction_bits = 42;
    static constexpr std::int64_t one = std::int64_t{1} << fraction_bits;

    std::int64_t x = 0;
    std::int64_t y = 0;

    friend bool operator==(const LatticePoint&, const LatticePoint&) = default;
};

/// Farthest a vertex may lie from the lattice's corner, in cells; beyond it 64 bits would not do.
inline constexpr double farthest_lattice_coordinate = 0x1p20;

/// A polygon on a lattice. Rings are closed implicitly and turned so that walking a ring adds what lies
/// inside: shells one way, holes the other, whatever the file did.
struct LatticeShape {
    std::vector<std::vector<LatticePoint>> rings;
    /// Every cell that the shape can touch; cells outside hold none of it. May reach beyond the grid.
    Window bounds;
};

/// @throws std::out_of_range when a vertex lies farther than `farthest_lattice_coordinate` cells away
[[nodiscard]] LatticeShape on_lattice(const MultiPolygon& shape, const GridSpec& grid);

/// Area in cells, and the part of it inside the window (both exact to about 1e-12 of the area).
struct LatticeArea {
    double whole = 0;
    double inside = 0;
};
[[nodiscard]] LatticeArea area_in_window(const LatticeShape& shape, Window window);

}  // namespace phusong
