#pragma once

#include "algorithms/planning/coverage_choice.hpp"
#include "algorithms/planning/coverage_target.hpp"
#include "algorithms/support/stop_flag.hpp"

namespace phusong {

/// What a choice that meets a target costs at least: for any price l >= 0 of covering each group,
/// L(l) = the least that people worth the target can be priced + sum over candidates of
///        min(0, cost - the prices of its groups).
/// The first term is a knapsack in parts: the cheapest people of each zone up to its floor, then the cheapest
/// of the rest. Prices are found by subgradient steps towards the cost of a known choice, in floating point;
/// the bound itself is added up in integers at the best of them, so it holds for certain, converged or not.
/// @param target of the open part, as in TargetProgress
/// @param known a choice that meets the target
[[nodiscard]] Cost coverage_cost_bound(const CoverageInstance& open_part, const CoverageTarget& target,
                                       const CoverageChoice& known, int most_steps, StopFlag stop = nullptr);

}  // namespace phusong
