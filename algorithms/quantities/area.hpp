#pragma once

#include "algorithms/quantities/fixed_point.hpp"

namespace phusong {

struct AreaTag {
    static constexpr const char* overflow_message =
        "more land than phusong can count (1.4e8 km2): check the cell size of the population raster";
};

/// Ellipsoidal area, in units of 2^-16 m2 (15 mm2), at most 1.4e8 km2; `value()` is in m2.
using Area = FixedPoint<AreaTag, 16>;

[[nodiscard]] inline double square_kilometres(Area area) {
    return area.value() / 1e6;
}

}  // namespace phusong
