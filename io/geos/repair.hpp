#pragma once

#include <span>
#include <string>

#include "algorithms/zones/polygon.hpp"

namespace phusong::io {

struct Repair {
    MultiPolygon shape;  ///< OGC-valid; no parts when nothing could be saved
    bool repaired = false;
    std::string why;  ///< of a repair: what was invalid and where, as GEOS says it
    /// |area after - area before| / the larger. Before: what the shells go around less what the holes go
    /// around, ring by ring, so that both lobes of a bow-tie count, and an area held by two parts counts
    /// twice.
    double changed_area_part = 0;
};

/// A valid shape comes back untouched to the last bit. In an invalid one all area inside any shell and
/// outside that shell's holes counts, once: both lobes of a bow-tie, the common area of overlapping parts
/// (GEOS "structure" method; "linework" would make a hole of it). @pre rings are closed, finite and have at
/// least 4 points
[[nodiscard]] Repair repair(const MultiPolygon& shape);

/// All area inside any of the shapes, once. @pre the shapes are valid. @throws InputError when GEOS cannot
[[nodiscard]] MultiPolygon unite(std::span<const MultiPolygon> shapes);

}  // namespace phusong::io
