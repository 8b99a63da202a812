#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "algorithms/planning/coverage_choice.hpp"

namespace phusong {

/// How many people have to be covered, what is locked in included.
struct CoverageTarget {
    Persons in_all;
    std::vector<Persons> of_zone;  ///< by zone number; a zone beyond the end asks for nobody
};

/// A choice on its way to a target. Nobody counts beyond what is asked for.
class TargetProgress {
public:
    /// @param target of the open part: people on top of what is locked in, not more than can be covered
    /// @pre the instance outlives the progress
    TargetProgress(const CoverageInstance& open_part, const CoverageTarget& target);

    [[nodiscard]] const CoverageChoice& choice() const { return choice_; }
    [[nodiscard]] bool met() const { return missing_ <= 0 && zones_short_ == 0; }
    /// What a candidate that is off would add towards the target: people in all, and once more those whom
    /// their zone is short of. Never rises while candidates are added (a sum of truncated submodular
    /// functions is submodular), which lazy looks rely on.
    [[nodiscard]] Persons progress(CandidateNumber j) const;
    /// Whether what is met would stay met without a candidate that is on. @pre met()
    [[nodiscard]] bool can_spare(CandidateNumber j) const;
    /// Candidates that could help now: those that cover somebody in a zone that is short, when there is one;
    /// otherwise all. Ascending.
    /// Valid until the next call.
    [[nodiscard]] std::span<const CandidateNumber> helpers() const;
    /// Whether a zone misses its floor: people in it then count twice as progress.
    [[nodiscard]] bool any_zone_short() const { return zones_short_ > 0; }

    void add(CandidateNumber j);
    void drop(CandidateNumber j);

private:
    /// Writes what a candidate alone covers in zones with a floor, or would when it is off.
    void sum_by_zone(CandidateNumber j) const;
    void change_zones(CandidateNumber j, std::int64_t sign);

    CoverageChoice choice_;
    std::int64_t missing_ = 0;                ///< units of Persons; negative when there are more
    std::vector<std::int64_t> zone_missing_;  ///< the same by zone
    std::vector<bool> zone_asks_;             ///< whether a zone has a floor
    std::size_t zones_short_ = 0;
    bool any_floor_ = false;
    std::vector<std::vector<CandidateNumber>> of_zone_;  ///< who covers somebody in a zone with a floor
    std::vector<CandidateNumber> all_;
    mutable std::vector<std::int64_t> zone_sum_;   ///< scratch: all zero between calls
    mutable std::vector<std::size_t> zones_seen_;  ///< scratch
    mutable std::vector<CandidateNumber> helpers_;
};

}  // namespace phusong
