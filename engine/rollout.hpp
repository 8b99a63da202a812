#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "algorithms/planning/cost_curve.hpp"
#include "algorithms/planning/coverage_least_cost.hpp"
#include "algorithms/planning/coverage_plan.hpp"
#include "algorithms/support/stop_flag.hpp"
#include "engine/rollout_grounds.hpp"
#include "engine/rollout_input.hpp"

namespace phusong {

/// What to build for one technology, each plan with a bound that says how far from the best it can be. People
/// covered by a plan are those who have no service yet; `CoveragePlan::covered_already` is by sites that will
/// be there in any case.
struct RolloutPlans {
    Persons reachable;  ///< of those without, by all candidates together
    std::optional<CoveragePlan> by_sites;
    std::optional<CoveragePlan> by_budget;
    std::optional<LeastCostPlan> to_target;
    std::vector<CostCurvePoint> curve;            ///< until nobody is added
    std::optional<std::size_t> alternative_from;  ///< step of the curve from which the alternative costs less
};

/// The least number of people that are a level of all of them, in millionths of a per cent.
[[nodiscard]] Persons people_at(std::int64_t millionths, Persons people);

/// The level that is asked for in people to be added, with the floors of communes.
/// @pre ask.target_millionths is set
[[nodiscard]] CoverageTarget target_of(const RolloutAsk& ask, const RolloutGrounds& grounds);

/// What one per cent of all people costs along the cost curve: how dear the last ones are. Nothing where less
/// than a per cent was to be added, or the curve does not go so far.
struct PercentPrices {
    std::optional<Cost> first;           ///< from what is there on
    std::optional<Cost> last_to_target;  ///< on the way to the level that was asked for
    std::optional<Cost> last_of_all;     ///< on the way to all who can be reached
};
[[nodiscard]] PercentPrices percent_prices(const RolloutAsk& ask, const RolloutGrounds& grounds,
                                           const std::vector<CostCurvePoint>& curve);

/// Pure; equal grounds give equal bits. @throws QuantityOverflow, Cancelled once the flag is set
[[nodiscard]] RolloutPlans plan_rollout(const RolloutAsk& ask, const RolloutGrounds& grounds,
                                        StopFlag cancel = nullptr);

/// Both, as a run keeps them.
struct RolloutResult {
    RolloutGrounds grounds;
    RolloutPlans plans;
};

}  // namespace phusong
