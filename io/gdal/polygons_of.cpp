#include "io/gdal/polygons_of.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "io/gdal/handles.hpp"

namespace phusong::io {

namespace {

struct Gathering {
    MultiPolygon shape;
    int unclosed = 0;
    int degenerate = 0;
    int not_finite = 0;
    int other_members = 0;
};

/// Beyond any map in any unit; GEOS loses its footing there.
constexpr double farthest = 1e12;

bool usable(const Point& point) {
    return std::isfinite(point.x) && std::isfinite(point.y) && std::abs(point.x) < farthest &&
           std::abs(point.y) < farthest;
}

/// @return an empty ring when there is nothing to keep
Ring ring_of(OGRGeometryH line, Gathering& found) {
    Ring ring(static_cast<std::size_t>(OGR_G_GetPointCount(line)));
    if (!ring.empty()) {
        OGR_G_GetPoints(line, &ring.data()->x, sizeof(Point), &ring.data()->y, sizeof(Point), nullptr, 0);
    }
    if (!std::all_of(ring.begin(), ring.end(), usable)) {
        ++found.not_finite;
        return {};
    }
    if (!ring.empty() && ring.front() != ring.back()) {
        ring.push_back(ring.front());
        ++found.unclosed;
    }
    if (ring.size() < 4) {
        ++found.degenerate;
        return {};
    }
    return ring;
}

void gather(OGRGeometryH geometry, Gathering& found) {
    const OGRwkbGeometryType type = wkbFlatten(OGR_G_GetGeometryType(geometry));
    const int members = OGR_G_GetGeometryCount(geometry);
    if (type == wkbPolygon || type == wkbTriangle) {
        if (members == 0) return;
        PolygonPart part;
        part.shell = ring_of(OGR_G_GetGeometryRef(geometry, 0), found);
        for (int i = 1; i < members; ++i) {
            Ring hole = ring_of(OGR_G_GetGeometryRef(geometry, i), found);
            if (!hole.empty()) part.holes.push_back(std::move(hole));
        }
        if (!part.shell.empty()) found.shape.parts.push_back(std::move(part));
    } else if (type == wkbMultiPolygon || type == wkbGeometryCollection || type == wkbPolyhedralSurface ||
               type == wkbTIN) {
        for (int i = 0; i < members; ++i) gather(OGR_G_GetGeometryRef(geometry, i), found);
    } else {
        ++found.other_members;
    }
}

}  // namespace

GatheredPolygons polygons_of(OGRGeometryH geometry) {
    GatheredPolygons result;
    if (geometry == nullptr || OGR_G_IsEmpty(geometry) != 0) return result;
    result.had_geometry = true;
    constexpr double degrees_a_chord = 1;
    const GeometryHandle straight{OGR_G_HasCurveGeometry(geometry, 0) != 0
                                      ? OGR_G_GetLinearGeometry(geometry, degrees_a_chord, nullptr)
                                      : nullptr};
    Gathering found;
    gather(straight ? straight.get() : geometry, found);
    const auto remark = [&](int count, const char* what) {
        if (count == 0) return;
        if (!result.remark.empty()) result.remark += ", ";
        result.remark += fmt::format("{} {}", count, what);
    };
    if (found.not_finite > 0) {
        // Half a commune is worse than none: its people would be missing without a trace.
        remark(found.not_finite, "ring(s) with a coordinate that is no number: geometry not used");
        return result;
    }
    remark(found.unclosed, "unclosed ring(s) closed");
    remark(found.degenerate, "ring(s) of fewer than 3 corners left out");
    remark(found.other_members, "line(s) or point(s) left out");
    result.shape = std::move(found.shape);
    return result;
}

}  // namespace phusong::io
