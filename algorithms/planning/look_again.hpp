#pragma once

#include <cstddef>
#include <vector>

#include "algorithms/planning/coverage_instance.hpp"

namespace phusong {

/// Which candidates a search by replacement has reason to try, in each of several ways: those around which
/// something changed since they were tried in vain ("don't-look bits", Bentley, 1992).
class LookAgain {
public:
    /// All of them in all ways. @pre the instance outlives this
    LookAgain(const CoverageInstance& instance, std::size_t ways)
        : instance_{&instance}, wanted_(ways, std::vector<bool>(instance.candidate_count(), true)) {}

    /// Whether to try it; from now on no more.
    [[nodiscard]] bool take(CandidateNumber j, std::size_t way) {
        const bool wanted = wanted_[way][static_cast<std::size_t>(j)];
        wanted_[way][static_cast<std::size_t>(j)] = false;
        return wanted;
    }
    /// It came or went: all that share people with it are worth a try.
    void changed(CandidateNumber j) {
        for (const auto group : instance_->groups_of(j)) {
            for (const CandidateNumber other : instance_->candidates_of(group)) {
                for (std::vector<bool>& wanted : wanted_) wanted[static_cast<std::size_t>(other)] = true;
            }
        }
    }

private:
    const CoverageInstance* instance_;
    std::vector<std::vector<bool>> wanted_;  ///< by way and candidate
};

}  // namespace phusong
