#include "algorithms/planning/coverage_multipliers.hpp"

#include <algorithm>
#include <cmath>

#include "algorithms/quantities/wide_integer.hpp"

namespace phusong {

using GroupNumber = CoverageInstance::GroupNumber;

CoverageMultipliers::CoverageMultipliers(const CoverageInstance& instance, const CoverageChoice& start)
    : instance_{&instance},
      prices_(instance.group_count()),
      charges_(instance.candidate_count()),
      taken_(instance.candidate_count()),
      covered_(instance.group_count()) {
    for (GroupNumber group = 0; group < prices_.size(); ++group) {
        const std::int64_t people = instance.people(group).units();
        prices_[group] = people / std::max<std::int64_t>(1, start.times_covered(group));
        unpriced_ += people - prices_[group];
        for (const CandidateNumber j : instance.candidates_of(group))
            charges_[static_cast<std::size_t>(j)] += prices_[group];
    }
}

void CoverageMultipliers::see(std::span<const std::int32_t> taken) {
    for (std::size_t j = 0; j < taken.size(); ++j) {
        const std::int32_t change = taken[j] - taken_[j];
        if (change == 0) continue;
        taken_[j] = taken[j];
        for (const GroupNumber group : instance_->groups_of(static_cast<CandidateNumber>(j)))
            covered_[group] += change;
    }
}

std::int64_t CoverageMultipliers::surplus(GroupNumber group) const {
    const std::int64_t surplus = std::int64_t{covered_[group]} - whole;
    const bool at_the_end =
        surplus < 0 ? prices_[group] == instance_->people(group).units() : prices_[group] == 0;
    return at_the_end ? 0 : surplus;
}

bool CoverageMultipliers::step(std::span<const std::int32_t> taken, double distance) {
    see(taken);
    WideInteger norm = 0;
    for (GroupNumber group = 0; group < prices_.size(); ++group) {
        const WideInteger surplus_here = surplus(group);
        norm += surplus_here * surplus_here * instance_->people(group).units();
    }
    if (norm == 0) return false;
    const double factor = distance * whole / static_cast<double>(norm);
    bool changed = false;
    for (GroupNumber group = 0; group < prices_.size(); ++group) {
        const std::int64_t surplus_here = surplus(group);
        if (surplus_here == 0) continue;
        const std::int64_t people = instance_->people(group).units();
        const double fall = static_cast<double>(people) * factor * static_cast<double>(surplus_here);
        const double price =
            std::clamp(static_cast<double>(prices_[group]) - fall, 0.0, static_cast<double>(people));
        const std::int64_t next = std::min(static_cast<std::int64_t>(std::nearbyint(price)), people);
        const std::int64_t change = next - prices_[group];
        if (change == 0) continue;
        changed = true;
        prices_[group] = next;
        unpriced_ -= change;
        for (const CandidateNumber j : instance_->candidates_of(group))
            charges_[static_cast<std::size_t>(j)] += change;
    }
    return changed;
}

}  // namespace phusong
