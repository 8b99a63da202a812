#include "algorithms/zones/polygon.hpp"

#include <algorithm>
#include <limits>

namespace phusong {

Extent extent_of(const MultiPolygon& shape) {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    Extent extent{infinity, infinity, -infinity, -infinity};
    for (const PolygonPart& part : shape.parts) {
        for (const Point& point : part.shell) {
            extent.west = std::min(extent.west, point.x);
            extent.east = std::max(extent.east, point.x);
            extent.south = std::min(extent.south, point.y);
            extent.north = std::max(extent.north, point.y);
        }
    }
    return extent;
}

}  // namespace phusong
