#pragma once

#include "algorithms/quantities/fixed_point.hpp"

namespace phusong {

struct PersonsTag {
    static constexpr const char* overflow_message =
        "more people than phusong can count (5.5e11): check the unit of the population raster";
};

/// A head count, never rounded to whole people inside: units of 2^-24 person (6e-8), at most 5.5e11 people.
using Persons = FixedPoint<PersonsTag, 24>;

}  // namespace phusong
