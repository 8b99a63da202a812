#include "io/geos/handles.hpp"

#include <type_traits>
#include <vector>

namespace phusong::io {

namespace {

static_assert(sizeof(Point) == 2 * sizeof(double) && std::is_standard_layout_v<Point>,
              "a ring is handed over as interleaved x, y");

GeosHandle own(const GeosContext& context, GEOSGeometry* geometry) {
    return GeosHandle{geometry, DestroyGeos{context.get()}};
}

GeosHandle ring_of(const GeosContext& context, const Ring& ring) {
    GEOSCoordSequence* points = GEOSCoordSeq_copyFromBuffer_r(context.get(), &ring.data()->x,
                                                              static_cast<unsigned>(ring.size()), 0, 0);
    if (points == nullptr) return own(context, nullptr);
    return own(context,
               GEOSGeom_createLinearRing_r(context.get(), points));  // takes the points, even on failure
}

Ring points_of(const GeosContext& context, const GEOSGeometry* ring) {
    const GEOSCoordSequence* points = GEOSGeom_getCoordSeq_r(context.get(), ring);
    unsigned size = 0;
    GEOSCoordSeq_getSize_r(context.get(), points, &size);
    Ring out(size);
    if (size > 0) GEOSCoordSeq_copyToBuffer_r(context.get(), points, &out.data()->x, 0, 0);
    return out;
}

void collect(const GeosContext& context, const GEOSGeometry* geometry, MultiPolygon& out) {
    if (GEOSisEmpty_r(context.get(), geometry) == 1) return;
    if (GEOSGeomTypeId_r(context.get(), geometry) == GEOS_POLYGON) {
        PolygonPart part;
        part.shell = points_of(context, GEOSGetExteriorRing_r(context.get(), geometry));
        const int holes = GEOSGetNumInteriorRings_r(context.get(), geometry);
        for (int i = 0; i < holes; ++i) {
            part.holes.push_back(points_of(context, GEOSGetInteriorRingN_r(context.get(), geometry, i)));
        }
        out.parts.push_back(std::move(part));
        return;
    }
    const int parts = GEOSGetNumGeometries_r(context.get(), geometry);
    if (GEOSGeomTypeId_r(context.get(), geometry) < GEOS_MULTIPOINT) return;
    for (int i = 0; i < parts; ++i) collect(context, GEOSGetGeometryN_r(context.get(), geometry, i), out);
}

}  // namespace

GeosHandle to_geos(const GeosContext& context, const MultiPolygon& shape) {
    std::vector<GeosHandle> polygons;
    for (const PolygonPart& part : shape.parts) {
        GeosHandle shell = ring_of(context, part.shell);
        if (!shell) return shell;
        std::vector<GEOSGeometry*> holes;
        bool complete = true;
        for (const Ring& ring : part.holes) {
            GeosHandle hole = ring_of(context, ring);
            complete = complete && hole != nullptr;
            if (hole) holes.push_back(hole.release());
        }
        GEOSGeometry* polygon = GEOSGeom_createPolygon_r(context.get(), shell.release(), holes.data(),
                                                         static_cast<unsigned>(holes.size()));
        polygons.push_back(own(context, polygon));
        if (!complete || polygon == nullptr) return own(context, nullptr);
    }
    std::vector<GEOSGeometry*> members;
    members.reserve(polygons.size());
    for (GeosHandle& polygon : polygons) members.push_back(polygon.release());
    return own(context, GEOSGeom_createCollection_r(context.get(), GEOS_MULTIPOLYGON, members.data(),
                                                    static_cast<unsigned>(members.size())));
}

MultiPolygon from_geos(const GeosContext& context, const GEOSGeometry* geometry) {
    MultiPolygon out;
    collect(context, geometry, out);
    return out;
}

}  // namespace phusong::io
