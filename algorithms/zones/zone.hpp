#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "algorithms/zones/polygon.hpp"

namespace phusong {

/// A commune's place in the plan's list of zones. Negative numbers are not communes; see the constants.
using ZoneNumber = std::int32_t;

/// People and land that no commune holds.
inline constexpr ZoneNumber outside_every_zone = -1;
/// People and land that overlapping communes hold more than once; subtracted to make the ledger balance.
inline constexpr ZoneNumber counted_twice = -2;

/// A commune (xã, phường, đặc khu).
struct Zone {
    std::string code;                       ///< official code: text, leading zeros matter
    std::string name;                       ///< UTF-8, NFC
    std::string province;                   ///< empty when the study names no province field
    std::optional<double> official_people;  ///< head count to rake to, when the study asks for it
    MultiPolygon shape;  ///< in the population grid's CRS; no parts when the commune has no usable geometry
};

}  // namespace phusong
