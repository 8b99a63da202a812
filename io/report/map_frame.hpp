#pragma once

#include "algorithms/outlines/shared_arcs.hpp"
#include "algorithms/zones/polygon.hpp"
#include "io/table.hpp"

namespace phusong::io {

/// How coordinates of the study's CRS lie in a drawing: a projected CRS as it is, degrees with the scale of
/// the middle latitude east to west (an equirectangular map: over a province within a few per cent of any
/// other). Rasters of the study grid are rectangles in it, too.
struct MapFrame {
    double west = 0;
    double north = 0;
    double units_per_x = 1;
    double units_per_y = 1;
    std::int32_t width = 1;
    std::int32_t height = 1;

    [[nodiscard]] DrawnPoint place(Point point) const;
    /// Shells clockwise as drawn, holes the other way round.
    [[nodiscard]] DrawnShape shape(const MultiPolygon& polygons) const;
};

/// The longer side of a drawing: a province's 200 km in steps of 12 m, and numbers of five digits at most.
inline constexpr std::int32_t longest_side = 16384;

/// Around all shapes of a table. @param geographic whether its CRS is in degrees
/// @return nothing sensible but something drawable for a table without shapes
[[nodiscard]] MapFrame frame_around(const Table& table, bool geographic);

}  // namespace phusong::io
