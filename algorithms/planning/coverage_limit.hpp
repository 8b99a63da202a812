#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "algorithms/planning/coverage_instance.hpp"

namespace phusong {

/// How much may be chosen. What is locked in uses up none of it.
class CoverageLimit {
public:
    enum class Kind : std::uint8_t { budget, sites, one_per_zone };

    [[nodiscard]] static CoverageLimit budget(Cost cost) { return {Kind::budget, cost, 0}; }
    [[nodiscard]] static CoverageLimit sites(std::size_t count) { return {Kind::sites, {}, count}; }
    /// At most one candidate of each commune; those that stand in no commune cannot be chosen.
    [[nodiscard]] static CoverageLimit one_per_zone() { return {Kind::one_per_zone, {}, 0}; }

    [[nodiscard]] Kind kind() const { return kind_; }
    [[nodiscard]] Cost cost() const { return cost_; }
    [[nodiscard]] std::size_t count() const { return count_; }

private:
    CoverageLimit(Kind kind, Cost cost, std::size_t count) : kind_{kind}, cost_{cost}, count_{count} {}

    Kind kind_;
    Cost cost_;
    std::size_t count_;
};

/// What a choice leaves of a limit.
class RoomLeft {
public:
    /// @pre the instance outlives the room
    RoomLeft(const CoverageInstance& instance, const CoverageLimit& limit);

    [[nodiscard]] const CoverageLimit& limit() const { return limit_; }
    /// One more than the last zone of a candidate; nothing unless zones matter.
    [[nodiscard]] std::size_t zones() const { return zone_used_.size(); }
    /// Whether one more candidate fits; never for one that is locked in.
    [[nodiscard]] bool fits(CandidateNumber j) const {
        const CoverageCandidate& candidate = instance_->candidate(j);
        if (candidate.locked_in) return false;
        switch (limit_.kind()) {
            case CoverageLimit::Kind::budget:
                return candidate.cost <= cost_;
            case CoverageLimit::Kind::sites:
                return count_ > 0;
            case CoverageLimit::Kind::one_per_zone:
                return candidate.zone >= 0 && !zone_used_[static_cast<std::size_t>(candidate.zone)];
        }
        return false;
    }
    /// @pre it fits
    void take(CandidateNumber j) { use(j, true); }
    /// @pre it was taken
    void give_back(CandidateNumber j) { use(j, false); }

private:
    void use(CandidateNumber j, bool taken);

    const CoverageInstance* instance_;
    CoverageLimit limit_;
    Cost cost_;
    std::size_t count_;
    std::vector<bool> zone_used_;
};

}  // namespace phusong
