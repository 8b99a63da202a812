#pragma once

#include "engine/partial.hpp"
#include "engine/plan.hpp"
#include "engine/problems.hpp"

namespace phusong {

/// Judges what the pass saw: refuses impossible values, says the odd ones and what is unknown.
/// @throws InputError naming the file, the value and the number of cells
void judge_values(const Plan& plan, const Partial& partial, Problems& problems);

}  // namespace phusong
