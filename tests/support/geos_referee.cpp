#include "tests/support/geos_referee.hpp"

#include <geos_c.h>

#include <stdexcept>
#include <vector>

namespace phusong::test {

namespace {

GEOSContextHandle_t handle(void* context) {
    return static_cast<GEOSContextHandle_t>(context);
}
GEOSGeometry* geometry(void* shape) {
    return static_cast<GEOSGeometry*>(shape);
}

GEOSGeometry* ring_of(GEOSContextHandle_t context, const Ring& ring) {
    const bool closed = ring.front() == ring.back();
    const auto size = static_cast<unsigned>(ring.size() + (closed ? 0 : 1));
    GEOSCoordSequence* points = GEOSCoordSeq_create_r(context, size, 2);
    for (unsigned i = 0; i < size; ++i) {
        const Point& point = ring[i % ring.size()];
        GEOSCoordSeq_setXY_r(context, points, i, point.x, point.y);
    }
    return GEOSGeom_createLinearRing_r(context, points);
}

}  // namespace

GeosReferee::GeosReferee(const MultiPolygon& shape, const GridSpec& grid)
    : context_{GEOS_init_r()}, shape_{nullptr}, grid_{grid} {
    GEOSContextHandle_t context = handle(context_);
    std::vector<GEOSGeometry*> parts;
    for (const PolygonPart& part : shape.parts) {
        std::vector<GEOSGeometry*> holes;
        for (const Ring& hole : part.holes) holes.push_back(ring_of(context, hole));
        parts.push_back(GEOSGeom_createPolygon_r(context, ring_of(context, part.shell), holes.data(),
                                                 static_cast<unsigned>(holes.size())));
    }
    shape_ = GEOSGeom_createCollection_r(context, GEOS_MULTIPOLYGON, parts.data(),
                                         static_cast<unsigned>(parts.size()));
}

GeosReferee::~GeosReferee() {
    GEOSGeom_destroy_r(handle(context_), geometry(shape_));
    GEOS_finish_r(handle(context_));
}

bool GeosReferee::valid() const {
    return GEOSisValid_r(handle(context_), geometry(shape_)) == 1;
}

double GeosReferee::area() const {
    double area = 0;
    GEOSArea_r(handle(context_), geometry(shape_), &area);
    return area;
}

double GeosReferee::share(Cell cell) const {
    GEOSContextHandle_t context = handle(context_);
    const double west = grid_.x_at(cell.column);
    const double north = grid_.y_at(cell.row);
    GEOSGeometry* box =
        GEOSGeom_createRectangle_r(context, west, north - grid_.cell_height, west + grid_.cell_width, north);
    GEOSGeometry* common = GEOSIntersection_r(context, geometry(shape_), box);
    if (common == nullptr) throw std::runtime_error{"GEOS could not clip"};
    double area = 0;
    GEOSArea_r(context, common, &area);
    GEOSGeom_destroy_r(context, common);
    GEOSGeom_destroy_r(context, box);
    return area / (grid_.cell_width * grid_.cell_height);
}

}  // namespace phusong::test
