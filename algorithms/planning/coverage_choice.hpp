#pragma once

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "algorithms/planning/coverage_instance.hpp"

namespace phusong {

/// A set of candidates that are on, with what each of them is worth on top of the others, kept up to date
/// while candidates come and go. A group whose coverage appears or ends costs one look at each of its
/// candidates; any other change of a group costs one sum.
class CoverageChoice {
public:
    /// Nothing is on. @pre the instance outlives the choice
    explicit CoverageChoice(const CoverageInstance& instance);

    [[nodiscard]] const CoverageInstance& instance() const { return *instance_; }
    [[nodiscard]] bool holds(CandidateNumber j) const { return holds_[static_cast<std::size_t>(j)]; }
    [[nodiscard]] Persons covered() const { return Persons::of_units(covered_); }
    /// Of a candidate that is off, the people whom it would add; of one that is on, the people whom nobody
    /// else covers.
    [[nodiscard]] Persons worth(CandidateNumber j) const {
        return Persons::of_units(worth_[static_cast<std::size_t>(j)]);
    }
    /// The candidates of a group that are on.
    [[nodiscard]] std::uint32_t times_covered(CoverageInstance::GroupNumber group) const {
        return times_[group];
    }

    /// @pre it is off
    void add(CandidateNumber j);
    /// @pre it is on
    void drop(CandidateNumber j);
    /// Those that are on, ascending.
    [[nodiscard]] std::vector<CandidateNumber> members() const;

private:
    void shift_worth_of_others(CoverageInstance::GroupNumber group, CandidateNumber j, std::int64_t units);

    const CoverageInstance* instance_;
    std::vector<bool> holds_;
    std::vector<std::uint32_t> times_;   ///< how many of each group's candidates are on
    std::vector<std::uint32_t> holder_;  ///< exclusive or of their numbers: the number itself where one is on
    std::vector<std::int64_t> worth_;    ///< units of Persons; no sum exceeds everybody
    std::int64_t covered_ = 0;
};

}  // namespace phusong
