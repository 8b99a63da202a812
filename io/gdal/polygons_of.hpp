#pragma once

#include <ogr_api.h>

#include <string>

#include "algorithms/zones/polygon.hpp"

namespace phusong::io {

/// The polygons of a geometry with x and y as stored; Z and M are dropped, curves become chords of one
/// degree.
struct GatheredPolygons {
    MultiPolygon shape;  ///< rings closed, finite and of 4 points or more
    std::string remark;  ///< what was left out or closed; empty: nothing
    bool had_geometry = false;
};
[[nodiscard]] GatheredPolygons polygons_of(OGRGeometryH geometry);

}  // namespace phusong::io
