#pragma once

#include "algorithms/quantities/fixed_point.hpp"

namespace phusong {

struct PeopleHoursTag {
    static constexpr const char* overflow_message =
        "more people-hours than phusong can count (7e13): check the times of the event";
};

/// People without service x hours, in units of 2^-16 (one person for 55 ms), at most 7e13.
using PeopleHours = FixedPoint<PeopleHoursTag, 16>;

}  // namespace phusong
