#pragma once

#include "algorithms/planning/coverage_choice.hpp"
#include "algorithms/planning/coverage_limit.hpp"
#include "algorithms/support/stop_flag.hpp"

namespace phusong {

struct CoverageBound {
    Persons people;  ///< no choice within the limit covers more
    int steps = 0;   ///< taken until nothing moved any more, or as many as were allowed
};

/// The Lagrangian bound on the people whom any choice within the limit covers:
/// U(l) = sum over groups of (W - l) + the most that candidates within the limit can charge,
/// for prices 0 <= l <= W found by subgradient steps towards what a known choice covers. A budget is filled
/// to the brim, with a part of one candidate (the linear relaxation of the knapsack). Exact in integers,
/// so it holds for certain, converged or not. A step takes time linear in the incidences.
/// @param known a choice within the limit on the same instance
[[nodiscard]] CoverageBound coverage_bound(const CoverageInstance& instance, const CoverageLimit& limit,
                                           const CoverageChoice& known, int most_steps,
                                           StopFlag stop = nullptr);

}  // namespace phusong
