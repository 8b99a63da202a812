#include "io/report/map_frame.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace phusong::io {

namespace {

DrawnRing drawn_ring(const MapFrame& frame, const Ring& ring, bool clockwise) {
    DrawnRing drawn;
    drawn.reserve(ring.size());
    for (const Point& point : ring) drawn.push_back(frame.place(point));
    if ((twice_area(drawn) > 0) != clockwise) std::reverse(drawn.begin(), drawn.end());
    return drawn;
}

}  // namespace

DrawnPoint MapFrame::place(Point point) const {
    const auto whole = [](double units) {
        return static_cast<std::int32_t>(std::lround(std::clamp(units, -1e6, 1e6)));
    };
    return {whole((point.x - west) * units_per_x), whole((north - point.y) * units_per_y)};
}

DrawnShape MapFrame::shape(const MultiPolygon& polygons) const {
    DrawnShape drawn;
    for (const PolygonPart& part : polygons.parts) {
        drawn.rings.push_back(drawn_ring(*this, part.shell, true));
        for (const Ring& hole : part.holes) drawn.rings.push_back(drawn_ring(*this, hole, false));
    }
    return drawn;
}

MapFrame frame_around(const Table& table, bool geographic) {
    constexpr double far = std::numeric_limits<double>::infinity();
    Extent all{far, far, -far, -far};
    for (std::size_t row = 0; table.shape_of && row < table.rows.size(); ++row) {
        const MultiPolygon shape = table.shape_of(row);
        if (shape.parts.empty()) continue;
        const Extent extent = extent_of(shape);
        all = {std::min(all.west, extent.west), std::min(all.south, extent.south),
               std::max(all.east, extent.east), std::max(all.north, extent.north)};
    }
    if (!(all.east > all.west) || !(all.north > all.south)) return {};
    const double middle = (all.south + all.north) / 2;
    const double stretch = geographic ? std::cos(middle * std::numbers::pi / 180) : 1;
    const double across = (all.east - all.west) * stretch;
    const double along = all.north - all.south;
    MapFrame frame;
    frame.west = all.west;
    frame.north = all.north;
    frame.units_per_y = longest_side / std::max(across, along);
    frame.units_per_x = frame.units_per_y * stretch;
    frame.width = std::max(1, static_cast<std::int32_t>(std::ceil(across * frame.units_per_y)));
    frame.height = std::max(1, static_cast<std::int32_t>(std::ceil(along * frame.units_per_y)));
    return frame;
}

}  // namespace phusong::io
