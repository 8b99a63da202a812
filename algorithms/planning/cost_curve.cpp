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
