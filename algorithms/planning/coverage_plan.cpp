#include "algorithms/planning/coverage_plan.hpp"

#include <algorithm>
#include <utility>

#include "algorithms/planning/coverage_bound.hpp"
#include "algorithms/planning/coverage_improvement.hpp"

namespace phusong {

std::vector<CoverageStep> steps_of(const CoverageInstance& open_part,
                                   std::span<const CandidateNumber> members, CoverageOrder order) {
    CoverageChoice ordered{open_part};
    RoomLeft room{open_part, CoverageLimit::sites(members.size())};
    std::vector<CoverageStep> steps;
    CoverageChoice before{open_part};
    for (const CandidateNumber j : add_greedily(ordered, room, order, members)) {
        steps.push_back({j, open_part.candidate(j).cost, before.worth(j)});
        before.add(j);
    }
    return steps;
}

CoveragePlan maximum_coverage(const CoverageInstance& instance, const CoverageLimit& limit,
                              const CoverageEffort& effort) {
    const CoverageInstance open = instance.open_part();
    CoverageChoice best{open};
    RoomLeft best_room{open, limit};
    add_greedily(best, best_room, CoverageOrder::people);
    CoverageOrder order = CoverageOrder::people;
    if (limit.kind() == CoverageLimit::Kind::budget) {
        order = CoverageOrder::people_per_cost;
        CoverageChoice other{open};
        RoomLeft other_room{open, limit};
        add_greedily(other, other_room, order);
        if (other.covered() >= best.covered()) {
            best = std::move(other);
            best_room = std::move(other_room);
        }
    }
    improve_coverage(best, best_room, effort.improvement_rounds, effort.stop);

    CoveragePlan plan;
    plan.covered_already = instance.covered_already();
    plan.steps = steps_of(open, best.members(), order);
    plan.covered = plan.covered_already + best.covered();
    for (const CoverageStep& step : plan.steps) plan.cost += step.cost;
    plan.bound =
        plan.covered_already + coverage_bound(open, limit, best, effort.bound_steps, effort.stop).people;
    return plan;
}

}  // namespace phusong
