#pragma once

#include "algorithms/zones/polygon.hpp"
#include "engine/sources.hpp"

namespace phusong::io {

/// A shape in another CRS. A straight edge becomes a curve there: points are added, always at midpoints of
/// the source edge, until no chord leaves it by more than `tolerance` (units of the target). The added points
/// do not depend on the direction of an edge, so that two neighbours get the same common border to the last
/// bit.
/// @return false when a vertex has no position in the target; `shape` is then spoilt
[[nodiscard]] bool reproject(MultiPolygon& shape, CoordinateTransform& transform, double tolerance);

}  // namespace phusong::io
