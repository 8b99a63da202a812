#include "engine/target_closing.hpp"

#include <algorithm>
#include <functional>
#include <utility>

#include "algorithms/planning/coverage_least_cost.hpp"

namespace phusong {

namespace {

/// The groups of some communes and the candidates that reach them, numbered anew.
struct PartOfGrounds {
    std::vector<CandidateNumber> numbers;  ///< in the grounds, of each candidate here; ascending
    CoverageInstance instance;
};

PartOfGrounds part_of(const RolloutGrounds& grounds, std::span<const ZoneNumber> zones) {
    std::vector<const ServingGroups::Row*> rows;
    std::vector<CandidateNumber> numbers;
    const auto by_zone = [](const ServingGroups::Row& row, ZoneNumber zone) { return row.zone < zone; };
    for (const ZoneNumber zone : zones) {
        for (auto row = std::lower_bound(grounds.rows.begin(), grounds.rows.end(), zone, by_zone);
             row != grounds.rows.end() && row->zone == zone; ++row) {
            const auto candidates = grounds.sets[row->set];
            if (candidates.empty()) continue;
            rows.push_back(&*row);
            numbers.insert(numbers.end(), candidates.begin(), candidates.end());
        }
    }
    std::sort(numbers.begin(), numbers.end());
    numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());

    std::vector<CoverageCandidate> candidates;
    for (const CandidateNumber number : numbers) {
        const RolloutCandidate& candidate = grounds.candidates[static_cast<std::size_t>(number)];
        candidates.push_back({candidate.cost, candidate.home, candidate.existing});
    }
    std::vector<CoverageGroup> groups;
    for (const ServingGroups::Row* row : rows) {
        CoverageGroup group{row->zone, row->people, {}};
        for (const CandidateNumber number : grounds.sets[row->set]) {
            const auto at = std::lower_bound(numbers.begin(), numbers.end(), number);
            group.candidates.push_back(static_cast<CandidateNumber>(at - numbers.begin()));
        }
        groups.push_back(std::move(group));
    }
    return {std::move(numbers), CoverageInstance{std::move(candidates), groups}};
}

}  // namespace

TargetClosing close_target(const RolloutGrounds& grounds, std::span<const ZoneNumber> zones, Persons missing,
                           StopFlag stop) {
    if (missing <= Persons{}) return {};
    const PartOfGrounds part = part_of(grounds, zones);
    CoverageTarget target;
    target.in_all = missing;
    CoverageEffort effort;
    effort.stop = stop;
    LeastCostPlan plan = least_cost_coverage(part.instance, target, effort);
    TargetClosing closing{std::move(plan.steps), plan.cost, plan.bound,
                          std::max(Persons{}, missing - plan.reachable)};
    for (CoverageStep& step : closing.sites) {
        step.candidate = part.numbers[static_cast<std::size_t>(step.candidate)];
    }
    return closing;
}

std::optional<std::size_t> dead_zones_to_close(std::vector<Persons> people, Persons missing) {
    std::sort(people.begin(), people.end(), std::greater<>{});
    Persons served;
    for (std::size_t zones = 0; zones <= people.size(); ++zones) {
        if (served >= missing) return zones;
        if (zones < people.size()) served += people[zones];
    }
    return std::nullopt;
}

}  // namespace phusong
