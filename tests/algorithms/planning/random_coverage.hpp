#pragma once

#include <bit>
#include <cstdint>
#include <functional>
#include <optional>
#include <random>
#include <vector>

#include "algorithms/planning/coverage_instance.hpp"

namespace phusong::test {

/// A set of candidates, a bit each.
using Choice = std::uint32_t;

struct RandomCoverage {
    std::size_t candidates = 10;
    std::size_t groups = 30;
    ZoneNumber zones = 4;
    std::size_t locked_in = 0;  ///< the first candidates
    bool equal_costs = false;
};

/// Groups that each candidate covers with the same chance, as in the set covering problems of the OR-Library
/// (Beasley, 1990); some groups have no candidate at all.
inline CoverageInstance random_instance(const RandomCoverage& size, std::mt19937& random) {
    std::vector<CoverageCandidate> candidates(size.candidates);
    for (std::size_t j = 0; j < candidates.size(); ++j) {
        candidates[j].cost =
            Cost::of_units(size.equal_costs ? 10'000 : 10'000 + static_cast<std::int64_t>(random() % 50'000));
        candidates[j].zone = static_cast<ZoneNumber>(random() % static_cast<unsigned>(size.zones));
        candidates[j].locked_in = j < size.locked_in;
    }
    std::vector<CoverageGroup> groups(size.groups);
    for (CoverageGroup& group : groups) {
        group.zone = static_cast<ZoneNumber>(random() % static_cast<unsigned>(size.zones));
        group.people = Persons::of_units(static_cast<std::int64_t>(random()) % 1'000'000'007);
        for (std::size_t j = 0; j < size.candidates; ++j) {
            if (random() % 5 == 0) group.candidates.push_back(static_cast<CandidateNumber>(j));
        }
    }
    return CoverageInstance{std::move(candidates), groups};
}

/// All choices of candidates that are not locked in, looked at one by one.
class EveryChoice {
public:
    explicit EveryChoice(const CoverageInstance& instance) : instance_{&instance} {
        for (std::size_t j = 0; j < instance.candidate_count(); ++j) {
            if (instance.candidate(static_cast<CandidateNumber>(j)).locked_in) locked_in_ |= Choice{1} << j;
        }
        for (CoverageInstance::GroupNumber group = 0; group < instance.group_count(); ++group) {
            Choice covers = 0;
            for (const CandidateNumber j : instance.candidates_of(group)) covers |= Choice{1} << j;
            covers_.push_back(covers);
        }
    }

    /// What is locked in counts. @param zone only people of this one
    [[nodiscard]] Persons covered(Choice choice, std::optional<ZoneNumber> zone = {}) const {
        Persons sum;
        for (CoverageInstance::GroupNumber group = 0; group < covers_.size(); ++group) {
            if ((covers_[group] & (choice | locked_in_)) == 0) continue;
            if (!zone || instance_->zone(group) == *zone) sum += instance_->people(group);
        }
        return sum;
    }
    [[nodiscard]] Cost cost(Choice choice) const {
        Cost sum;
        for (std::size_t j = 0; j < instance_->candidate_count(); ++j) {
            if ((choice >> j & 1) != 0) sum += instance_->candidate(static_cast<CandidateNumber>(j)).cost;
        }
        return sum;
    }
    void each(const std::function<void(Choice)>& look) const {
        for (Choice choice = 0; choice < Choice{1} << instance_->candidate_count(); ++choice) {
            if ((choice & locked_in_) == 0) look(choice);
        }
    }

private:
    const CoverageInstance* instance_;
    Choice locked_in_ = 0;
    std::vector<Choice> covers_;
};

}  // namespace phusong::test
