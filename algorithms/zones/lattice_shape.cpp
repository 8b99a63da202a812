#include "algorithms/zones/lattice_shape.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

#include "algorithms/zones/cell_shares.hpp"

namespace phusong {

namespace {

/// (coordinate - origin) / size in lattice units, to the nearest unit. The quotient's rounding error (1e-11
/// of a cell at column 100,000) is recovered with fused multiply-add, which C++ defines exactly on every
/// machine.
std::int64_t lattice_units(double coordinate, double origin, double size) {
    const double lead = coordinate - origin;
    const double virtual_origin = coordinate - lead;
    const double lead_error = (coordinate - (lead + virtual_origin)) + (virtual_origin - origin);
    const double quotient = lead / size;
    if (!(std::abs(quotient) < farthest_lattice_coordinate)) {
        throw std::out_of_range{"a vertex lies more than a million cells from the grid"};
    }
    const double remainder = (std::fma(-quotient, size, lead) + lead_error) / size;
    constexpr auto units_a_cell = static_cast<double>(LatticePoint::one);
    const double scaled = quotient * units_a_cell;  // exact: a power of two
    const double whole = std::nearbyint(scaled);
    return static_cast<std::int64_t>(whole) +
           static_cast<std::int64_t>(std::nearbyint((scaled - whole) + remainder * units_a_cell));
}

/// Twice the signed area in squared units; its sign tells the direction of the ring.
WideInteger twice_signed_area(const std::vector<LatticePoint>& ring) {
    // Relative to the first vertex and with 21 bits dropped, products fit; only the sign is wanted, and a
    // ring so thin that the dropped bits decide it holds less than 1e-6 of a cell either way.
    constexpr int dropped = 10;
    WideInteger sum = 0;
    const LatticePoint base = ring.front();
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const LatticePoint& a = ring[i];
        const LatticePoint& b = ring[i + 1 == ring.size() ? 0 : i + 1];
        sum += (static_cast<WideInteger>((a.x - base.x) >> dropped) * ((b.y - base.y) >> dropped)) -
               (static_cast<WideInteger>((b.x - base.x) >> dropped) * ((a.y - base.y) >> dropped));
    }
    return sum;
}

void add_ring(const Ring& ring, const GridSpec& grid, bool shell, LatticeShape& out) {
    std::vector<LatticePoint> points;
    points.reserve(ring.size());
    for (const Point& point : ring) {
        const LatticePoint moved{lattice_units(point.x, grid.origin_x, grid.cell_width),
                                 lattice_units(-point.y, -grid.origin_y, grid.cell_height)};
        if (points.empty() || !(points.back() == moved)) points.push_back(moved);
    }
    while (points.size() > 1 && points.front() == points.back()) points.pop_back();
    if (points.size() < 3) return;
    const WideInteger doubled = twice_signed_area(points);
    // The sweep adds what lies east of an edge that runs south to north, that is, with y falling: such a
    // shell has a positive signed area on a lattice whose y runs south.
    if ((doubled < 0) == shell) std::reverse(points.begin(), points.end());
    out.rings.push_back(std::move(points));
}

std::int32_t touched_cell(std::int64_t units) {
    return static_cast<std::int32_t>(units >> LatticePoint::fraction_bits);
}

}  // namespace

LatticeShape on_lattice(const MultiPolygon& shape, const GridSpec& grid) {
    LatticeShape out;
    for (const PolygonPart& part : shape.parts) {
        add_ring(part.shell, grid, true, out);
        for (const Ring& hole : part.holes) add_ring(hole, grid, false, out);
    }
    if (out.rings.empty()) return out;
    std::int64_t west = std::numeric_limits<std::int64_t>::max();
    std::int64_t east = std::numeric_limits<std::int64_t>::min();
    std::int64_t north = west;
    std::int64_t south = east;
    for (const auto& ring : out.rings) {
        for (const LatticePoint& point : ring) {
            west = std::min(west, point.x);
            east = std::max(east, point.x);
            north = std::min(north, point.y);
            south = std::max(south, point.y);
        }
    }
    out.bounds.row = touched_cell(north);
    out.bounds.column = touched_cell(west);
    out.bounds.rows = touched_cell(south) - out.bounds.row + 1;
    out.bounds.columns = touched_cell(east) - out.bounds.column + 1;
    return out;
}

}  // namespace phusong
