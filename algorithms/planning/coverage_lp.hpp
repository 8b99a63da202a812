#pragma once

#include <iosfwd>

#include "algorithms/planning/coverage_instance.hpp"
#include "algorithms/planning/coverage_limit.hpp"
#include "algorithms/planning/coverage_target.hpp"

namespace phusong {

/// The question of maximum_coverage in the LP format of CPLEX, which free solvers read as well: x7 is 1 when
/// candidate 7 is on, y3 the part of group 3 that is covered. The optimum counts whom what is locked in
/// covers. Numbers are people and units of cost, read back as the same doubles.
/// @pre somebody can be covered
void write_lp(std::ostream& out, const CoverageInstance& instance, const CoverageLimit& limit);

/// The question of least_cost_coverage; infeasible where the target cannot be reached. What is locked in
/// costs nothing.
/// @pre somebody can be covered
void write_lp(std::ostream& out, const CoverageInstance& instance, const CoverageTarget& target);

}  // namespace phusong
