#include "io/geos/repair.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <vector>

#include "engine/errors.hpp"
#include "io/geos/handles.hpp"

namespace phusong::io {

namespace {

std::string reason_of(const GeosContext& context, const GEOSGeometry* geometry) {
    char* text = GEOSisValidReason_r(context.get(), geometry);
    std::string reason = text != nullptr ? text : context.last_error();
    GEOSFree_r(context.get(), text);
    return reason;
}

GeosHandle made_valid(const GeosContext& context, const GEOSGeometry* geometry) {
    const auto destroy = [&](GEOSMakeValidParams* given) {
        GEOSMakeValidParams_destroy_r(context.get(), given);
    };
    const std::unique_ptr<GEOSMakeValidParams, decltype(destroy)> params{
        GEOSMakeValidParams_create_r(context.get()), destroy};
    GEOSMakeValidParams_setMethod_r(context.get(), params.get(), GEOS_MAKE_VALID_STRUCTURE);
    GEOSMakeValidParams_setKeepCollapsed_r(context.get(), params.get(), 0);
    return GeosHandle{GEOSMakeValidWithParams_r(context.get(), geometry, params.get()),
                      DestroyGeos{context.get()}};
}

/// What a ring goes around, once, however it crosses itself.
double enclosed_area(const GeosContext& context, const Ring& ring) {
    const GeosHandle alone = to_geos(context, {{PolygonPart{ring, {}}}});
    const GeosHandle valid = alone ? made_valid(context, alone.get()) : nullptr;
    double area = 0;
    if (valid) GEOSArea_r(context.get(), valid.get(), &area);
    return area;
}

double enclosed_area(const GeosContext& context, const MultiPolygon& shape) {
    double sum = 0;
    for (const PolygonPart& part : shape.parts) {
        sum += enclosed_area(context, part.shell);
        for (const Ring& hole : part.holes) sum -= enclosed_area(context, hole);
    }
    return sum;
}

}  // namespace

Repair repair(const MultiPolygon& shape) {
    Repair result;
    if (shape.parts.empty()) return result;
    const GeosContext context;
    const GeosHandle geometry = to_geos(context, shape);
    if (geometry && GEOSisValid_r(context.get(), geometry.get()) == 1) {
        result.shape = shape;
        return result;
    }
    result.repaired = true;
    result.why = geometry ? reason_of(context, geometry.get()) : context.last_error();
    double after = 0;
    if (geometry) {
        const GeosHandle valid = made_valid(context, geometry.get());
        if (valid && GEOSisValid_r(context.get(), valid.get()) == 1) {
            result.shape = from_geos(context, valid.get());
            GEOSArea_r(context.get(), valid.get(), &after);
        }
    }
    const double before = enclosed_area(context, shape);
    const double larger = std::max(before, after);
    result.changed_area_part = larger > 0 ? std::abs(after - before) / larger : 0;
    return result;
}

MultiPolygon unite(std::span<const MultiPolygon> shapes) {
    const GeosContext context;
    MultiPolygon all;
    for (const MultiPolygon& shape : shapes)
        all.parts.insert(all.parts.end(), shape.parts.begin(), shape.parts.end());
    if (all.parts.empty()) return all;
    const GeosHandle geometry = to_geos(context, all);
    if (geometry) {
        const GeosHandle united{GEOSUnaryUnion_r(context.get(), geometry.get()), DestroyGeos{context.get()}};
        if (united) return from_geos(context, united.get());
    }
    throw InputError{"polygons cannot be united: " + context.last_error()};
}

}  // namespace phusong::io
