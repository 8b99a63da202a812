#include "algorithms/planning/coverage_instance.hpp"

#include <algorithm>
#include <cassert>
#include <functional>
#include <limits>
#include <utility>

namespace phusong {

CoverageInstance::CoverageInstance(std::vector<CoverageCandidate> candidates,
                                   std::span<const CoverageGroup> groups)
    : candidates_{std::move(candidates)} {
    for (const CoverageGroup& group : groups) add_group(group.zone, group.people, group.candidates);
    finish();
}

CoverageInstance::CoverageInstance(std::vector<CoverageCandidate> candidates, const ServingSets& sets,
                                   std::span<const ServingGroups::Row> rows)
    : candidates_{std::move(candidates)} {
    for (const ServingGroups::Row& row : rows) add_group(row.zone, row.people, sets[row.set]);
    finish();
}

void CoverageInstance::add_group(ZoneNumber zone, Persons people,
                                 std::span<const CandidateNumber> candidates) {
    assert(people >= Persons{});
    assert(std::adjacent_find(candidates.begin(), candidates.end(), std::greater_equal<>{}) ==
           candidates.end());
    assert(candidates.empty() || candidates.front() >= 0);
    assert(candidates.empty() || static_cast<std::size_t>(candidates.back()) < candidates_.size());
    zones_.push_back(zone);
    people_.push_back(people);
    candidates_of_.insert(candidates_of_.end(), candidates.begin(), candidates.end());
    group_begin_.push_back(candidates_of_.size());
    everybody_ += people;
}

void CoverageInstance::finish() {
    assert(people_.size() <= std::numeric_limits<GroupNumber>::max());
    // No choice can cost more than all of them: sums of costs need no other guard.
    Cost everything;
    for (const CoverageCandidate& candidate : candidates_) {
        assert(candidate.cost >= Cost{});
        everything += candidate.cost;
    }
    candidate_begin_.assign(candidates_.size() + 1, 0);
    for (const CandidateNumber j : candidates_of_) ++candidate_begin_[static_cast<std::size_t>(j) + 1];
    for (std::size_t j = 0; j < candidates_.size(); ++j) candidate_begin_[j + 1] += candidate_begin_[j];
    groups_of_.resize(candidates_of_.size());
    std::vector<std::size_t> next{candidate_begin_.begin(), candidate_begin_.end() - 1};
    for (GroupNumber group = 0; group < people_.size(); ++group) {
        for (const CandidateNumber j : candidates_of(group))
            groups_of_[next[static_cast<std::size_t>(j)]++] = group;
    }
}

Persons CoverageInstance::covered_by(std::span<const CandidateNumber> choice) const {
    std::vector<bool> covered(people_.size());
    Persons sum;
    for (const CandidateNumber j : choice) {
        for (const GroupNumber group : groups_of(j)) {
            if (covered[group]) continue;
            covered[group] = true;
            sum += people_[group];
        }
    }
    return sum;
}

Cost CoverageInstance::cost_of(std::span<const CandidateNumber> choice) const {
    Cost sum;
    for (const CandidateNumber j : choice) {
        if (!candidate(j).locked_in) sum += candidate(j).cost;
    }
    return sum;
}

bool CoverageInstance::covered_already(GroupNumber group) const {
    return std::ranges::any_of(candidates_of(group),
                               [this](CandidateNumber j) { return candidate(j).locked_in; });
}

Persons CoverageInstance::covered_already() const {
    Persons sum;
    for (GroupNumber group = 0; group < people_.size(); ++group) {
        if (covered_already(group)) sum += people_[group];
    }
    return sum;
}

std::vector<Persons> CoverageInstance::covered_already_by_zone(std::size_t zones) const {
    std::vector<Persons> sums(zones);
    for (GroupNumber group = 0; group < people_.size(); ++group) {
        const ZoneNumber zone = zones_[group];
        if (zone < 0 || static_cast<std::size_t>(zone) >= zones || !covered_already(group)) continue;
        sums[static_cast<std::size_t>(zone)] += people_[group];
    }
    return sums;
}

CoverageInstance CoverageInstance::open_part() const {
    CoverageInstance part;
    part.candidates_ = candidates_;
    for (GroupNumber group = 0; group < people_.size(); ++group) {
        if (people_[group] == Persons{} || candidates_of(group).empty() || covered_already(group)) continue;
        part.add_group(zones_[group], people_[group], candidates_of(group));
    }
    part.finish();
    return part;
}

}  // namespace phusong
