#include "io/gdal/points_into_study.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "engine/errors.hpp"
#include "io/proj/crs.hpp"
#include "io/proj/transform.hpp"

namespace phusong::io {

std::string bring_points_into_study(std::vector<Point>& positions, const VectorLayer& layer,
                                    const std::string& study_crs) {
    if (positions.empty()) return {};
    Extent area{positions[0].x, positions[0].y, positions[0].x, positions[0].y};
    for (const Point& position : positions) {
        area.west = std::min(area.west, position.x);
        area.south = std::min(area.south, position.y);
        area.east = std::max(area.east, position.x);
        area.north = std::max(area.north, position.y);
    }
    require_plausible_extent(area, layer.crs(), layer.quoted());
    const auto source = make_transform(layer.crs(), study_crs, area, layer.quoted());
    if (!source) return {};
    const auto transform = source->open();
    for (Point& position : positions) transform->apply({&position.x, 1}, {&position.y, 1});
    return source->operation();
}

void require_degrees(const Point& position, const std::string& subject) {
    if (std::abs(position.x) <= 180 && std::abs(position.y) <= 90) return;
    throw InputError{
        fmt::format("{}: longitude {:.10g} and latitude {:.10g} are no degrees (swapped, or metres?); "
                    "put the columns right, or state their CRS in the study: crs = \"EPSG:...\"",
                    subject, position.x, position.y)};
}

}  // namespace phusong::io
