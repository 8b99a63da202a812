#pragma once

#include <vector>

namespace phusong {

/// A position in map coordinates: x east, y north (degrees or metres).
struct Point {
    double x = 0;
    double y = 0;

    friend bool operator==(const Point&, const Point&) = default;
};

/// A closed line; the last point repeats the first, or the closing edge is implied. Either direction is fine.
using Ring = std::vector<Point>;

struct PolygonPart {
    Ring shell;
    std::vector<Ring> holes;

    friend bool operator==(const PolygonPart&, const PolygonPart&) = default;
};

/// Parts that do not overlap (OGC-valid): repair happens before, at the edge of the program.
struct MultiPolygon {
    std::vector<PolygonPart> parts;

    friend bool operator==(const MultiPolygon&, const MultiPolygon&) = default;
};

/// The smallest rectangle around a shape, in map coordinates.
struct Extent {
    double west = 0;
    double south = 0;
    double east = 0;
    double north = 0;

    friend bool operator==(const Extent&, const Extent&) = default;
};

/// @pre the shape has at least one point
[[nodiscard]] Extent extent_of(const MultiPolygon& shape);

}  // namespace phusong
