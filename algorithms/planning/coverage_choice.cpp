#include "algorithms/planning/coverage_choice.hpp"

namespace phusong {

CoverageChoice::CoverageChoice(const CoverageInstance& instance)
    : instance_{&instance},
      holds_(instance.candidate_count()),
      times_(instance.group_count()),
      holder_(instance.group_count()),
      worth_(instance.candidate_count()) {
    for (std::size_t j = 0; j < worth_.size(); ++j) {
        for (const auto group : instance.groups_of(static_cast<CandidateNumber>(j)))
            worth_[j] += instance.people(group).units();
    }
}

void CoverageChoice::shift_worth_of_others(CoverageInstance::GroupNumber group, CandidateNumber j,
                                           std::int64_t units) {
    for (const CandidateNumber other : instance_->candidates_of(group))
        worth_[static_cast<std::size_t>(other)] += units;
    worth_[static_cast<std::size_t>(j)] -= units;
}

void CoverageChoice::add(CandidateNumber j) {
    assert(!holds(j));
    holds_[static_cast<std::size_t>(j)] = true;
    for (const auto group : instance_->groups_of(j)) {
        const std::int64_t people = instance_->people(group).units();
        if (times_[group] == 0) {
            covered_ += people;
            shift_worth_of_others(group, j, -people);
        } else if (times_[group] == 1) {
            worth_[holder_[group]] -= people;
        }
        ++times_[group];
        holder_[group] ^= static_cast<std::uint32_t>(j);
    }
}

void CoverageChoice::drop(CandidateNumber j) {
    assert(holds(j));
    holds_[static_cast<std::size_t>(j)] = false;
    for (const auto group : instance_->groups_of(j)) {
        const std::int64_t people = instance_->people(group).units();
        --times_[group];
        holder_[group] ^= static_cast<std::uint32_t>(j);
        if (times_[group] == 0) {
            covered_ -= people;
            shift_worth_of_others(group, j, people);
        } else if (times_[group] == 1) {
            worth_[holder_[group]] += people;
        }
    }
}

std::vector<CandidateNumber> CoverageChoice::members() const {
    std::vector<CandidateNumber> members;
    for (std::size_t j = 0; j < holds_.size(); ++j) {
        if (holds_[j]) members.push_back(static_cast<CandidateNumber>(j));
    }
    return members;
}

}  // namespace phusong
