#include "engine/rollout.hpp"

#include <algorithm>

#include "algorithms/quantities/wide_integer.hpp"
#include "engine/cancelled.hpp"

namespace phusong {

namespace {

Persons or_nobody(Persons people) {
    return std::max(people, Persons{});
}

}  // namespace

Persons people_at(std::int64_t millionths, Persons people) {
    constexpr WideInteger everybody = 100'000'000;
    return Persons::of_units(
        static_cast<std::int64_t>((WideInteger{people.units()} * millionths + everybody - 1) / everybody));
}

CoverageTarget target_of(const RolloutAsk& ask, const RolloutGrounds& grounds) {
    CoverageTarget target;
    target.in_all = or_nobody(people_at(*ask.target_millionths, grounds.people) - grounds.served);
    if (ask.floor_millionths == 0) return target;
    for (const RolloutCommune& commune : grounds.communes) {
        target.of_zone.push_back(or_nobody(people_at(ask.floor_millionths, commune.people) - commune.served));
    }
    return target;
}

PercentPrices percent_prices(const RolloutAsk& ask, const RolloutGrounds& grounds,
                             const std::vector<CostCurvePoint>& curve) {
    PercentPrices prices;
    if (curve.empty()) return prices;
    constexpr std::int64_t one_percent = 1'000'000;
    const Persons percent = people_at(one_percent, grounds.people);
    const Persons already = curve.front().covered - curve.front().step.people;
    // On the way to so many people of the curve.
    const auto last = [&](Persons covered) -> std::optional<Cost> {
        const std::optional<Cost> all = cost_to_cover(covered, curve);
        if (covered - percent < already || !all) return std::nullopt;
        return *all - cost_to_cover(covered - percent, curve).value();
    };
    prices.first = last(already + percent);
    prices.last_of_all = last(curve.back().covered);
    if (ask.target_millionths) {
        prices.last_to_target = last(people_at(*ask.target_millionths, grounds.people) - grounds.served);
    }
    return prices;
}

RolloutPlans plan_rollout(const RolloutAsk& ask, const RolloutGrounds& grounds, StopFlag cancel) {
    const CoverageInstance instance = grounds.instance();
    CoverageEffort effort;
    effort.stop = cancel;
    RolloutPlans plans;
    plans.curve = cost_curve(instance);
    plans.reachable = plans.curve.empty() ? instance.covered_already() : plans.curve.back().covered;
    if (ask.sites) plans.by_sites = maximum_coverage(instance, CoverageLimit::sites(*ask.sites), effort);
    if (ask.budget) plans.by_budget = maximum_coverage(instance, CoverageLimit::budget(*ask.budget), effort);
    if (ask.target_millionths) {
        plans.to_target = least_cost_coverage(instance, target_of(ask, grounds), effort);
    }
    if (ask.alternative_cost_per_person) {
        plans.alternative_from = first_step_dearer_than(*ask.alternative_cost_per_person, plans.curve);
    }
    if (stop_asked(cancel)) throw Cancelled{};
    return plans;
}

}  // namespace phusong
