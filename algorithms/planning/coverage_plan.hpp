#pragma once

#include <span>
#include <vector>

#include "algorithms/planning/coverage_choice.hpp"
#include "algorithms/planning/coverage_greedy.hpp"
#include "algorithms/planning/coverage_limit.hpp"
#include "algorithms/support/stop_flag.hpp"

namespace phusong {

/// One site of a plan, in the order in which sites are worth building.
struct CoverageStep {
    CandidateNumber candidate = 0;
    Cost cost;
    Persons people;  ///< whom it adds to what is locked in and the steps before it

    friend bool operator==(const CoverageStep&, const CoverageStep&) = default;
};

/// How hard to look. The figures of a plan hold whatever the effort; more of it narrows the gap.
struct CoverageEffort {
    /// Steps of the subgradient method. On 10,000 candidates and 250,000 groups the bound was 3.3 % above
    /// the greedy plan after 100, 2.1 % after 400 and 1.95 % after 1,600.
    int bound_steps = 400;
    /// Rounds of replacing sites, at most; three to five were needed there.
    int improvement_rounds = 10;
    StopFlag stop = nullptr;  ///< set: no more of it
};

/// Whom to cover within a limit.
struct CoveragePlan {
    std::vector<CoverageStep> steps;
    Persons covered_already;  ///< by what is locked in
    Persons covered;          ///< with all steps
    Cost cost;
    Persons bound;  ///< no plan within the limit covers more

    /// Of the people whom any plan could add, the part that this one may miss: 0 when it is the best.
    [[nodiscard]] double gap() const {
        return bound == covered ? 0 : (bound - covered) / (bound - covered_already);
    }
};

/// The members of a choice as steps, best first, without those that add nobody.
/// @param members of a choice without what is locked in; candidates of the open part
[[nodiscard]] std::vector<CoverageStep> steps_of(const CoverageInstance& open_part,
                                                 std::span<const CandidateNumber> members,
                                                 CoverageOrder order);

/// The plan that covers the most people within a limit: the better of the greedy choices by people and by
/// people per cost, improved by replacing sites, and a bound that says how far from the best it can be. No
/// candidate, or no room, is a plan without steps. Ties go to the lower candidate number; equal input gives
/// equal bits.
[[nodiscard]] CoveragePlan maximum_coverage(const CoverageInstance& instance, const CoverageLimit& limit,
                                            const CoverageEffort& effort = {});

}  // namespace phusong
