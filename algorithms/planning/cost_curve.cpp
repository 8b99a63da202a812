#include "algorithms/planning/cost_curve.hpp"

#include <algorithm>
#include <numeric>

#include "algorithms/quantities/wide_integer.hpp"

namespace phusong {

std::vector<CostCurvePoint> cost_curve(const CoverageInstance& instance) {
    const CoverageInstance open = instance.open_part();
    std::vector<CandidateNumber> all(open.candidate_count());
    std::iota(all.begin(), all.end(), 0);
    std::vector<CostCurvePoint> curve;
    Cost cost;
    Persons covered = instance.covered_already();
    for (const CoverageStep& step : steps_of(open, all, CoverageOrder::people_per_cost)) {
        cost += step.cost;
        covered += step.people;
        curve.push_back({step, cost, covered});
    }
    return curve;
}

std::optional<Cost> cost_to_cover(Persons people, std::span<const CostCurvePoint> curve) {
    const auto step = std::ranges::find_if(
        curve, [people](const CostCurvePoint& point) { return point.covered >= people; });
    if (step == curve.end()) return std::nullopt;
    const Persons spare = step->covered - people;
    if (spare >= step->step.people) return step->cost - step->step.cost;
    const WideInteger part = WideInteger{step->step.cost.units()} * (step->step.people - spare).units();
    const auto units = static_cast<std::int64_t>(part / step->step.people.units());
    return step->cost - step->step.cost + Cost::of_units(units);
}

std::optional<std::size_t> first_step_dearer_than(Cost per_person, std::span<const CostCurvePoint> curve) {
    const auto dearer = std::ranges::find_if(curve, [per_person](const CostCurvePoint& point) {
        const WideInteger one_person = Persons::round(1).units();
        return one_person * point.step.cost.units() >
               WideInteger{per_person.units()} * point.step.people.units();
    });
    if (dearer == curve.end()) return std::nullopt;
    return static_cast<std::size_t>(dearer - curve.begin());
}

}  // namespace phusong
