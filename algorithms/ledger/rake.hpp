#pragma once

#include <span>
#include <vector>

#include "algorithms/quantities/persons.hpp"

namespace phusong {

/// Scales amounts by one factor so that they add up to `target` exactly: each is rounded down, and the units
/// that are left go to the largest remainders (the first of equal ones).
/// @pre the amounts are not negative and do not all vanish unless the target does
[[nodiscard]] std::vector<Persons> raked(std::span<const Persons> amounts, Persons target);

}  // namespace phusong
