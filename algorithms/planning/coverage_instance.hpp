#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "algorithms/damage/serving_groups.hpp"
#include "algorithms/planning/cost.hpp"
#include "algorithms/quantities/persons.hpp"
#include "algorithms/zones/zone.hpp"

namespace phusong {

/// A place in the list of candidates. The same integer as a SiteNumber, so that groups of people by serving
/// sites are groups by candidates as they stand.
using CandidateNumber = SiteNumber;

/// A site that may be built, repaired or hardened.
struct CoverageCandidate {
    Cost cost;                             ///< not negative
    ZoneNumber zone = outside_every_zone;  ///< the commune it stands in, where that matters
    bool locked_in = false;                ///< it is there already: always on, its cost is sunk
};

/// People of one commune whom the same candidates would cover.
struct CoverageGroup {
    ZoneNumber zone = outside_every_zone;
    Persons people;                           ///< not negative
    std::vector<CandidateNumber> candidates;  ///< ascend strictly; may be empty: nobody can cover them
};

/// Who would be covered by which candidate. A group is covered when one candidate of it at least is on, so
/// the people of a choice are counted once, however many of its sites reach them. Memory is linear in the
/// pairs of a group and a candidate of it.
class CoverageInstance {
public:
    using GroupNumber = std::uint32_t;

    /// Nobody and nothing.
    CoverageInstance() = default;
    /// @pre groups name candidates of the list; fewer than 2^32 groups
    /// @throws QuantityOverflow when all people, or all costs, are beyond what can be counted
    CoverageInstance(std::vector<CoverageCandidate> candidates, std::span<const CoverageGroup> groups);
    /// The groups of a ledger of shared fates, whose sites are the candidates; rows keep their order.
    /// @pre the sets name candidates of the list; no row has fewer than no people
    /// @throws QuantityOverflow
    CoverageInstance(std::vector<CoverageCandidate> candidates, const ServingSets& sets,
                     std::span<const ServingGroups::Row> rows);

    [[nodiscard]] std::size_t candidate_count() const { return candidates_.size(); }
    [[nodiscard]] std::size_t group_count() const { return people_.size(); }
    /// Pairs of a group and a candidate of it.
    [[nodiscard]] std::size_t incidence_count() const { return candidates_of_.size(); }

    [[nodiscard]] const CoverageCandidate& candidate(CandidateNumber number) const {
        return candidates_[static_cast<std::size_t>(number)];
    }
    [[nodiscard]] std::span<const CoverageCandidate> candidates() const { return candidates_; }
    [[nodiscard]] ZoneNumber zone(GroupNumber group) const { return zones_[group]; }
    [[nodiscard]] Persons people(GroupNumber group) const { return people_[group]; }
    /// Ascending.
    [[nodiscard]] std::span<const CandidateNumber> candidates_of(GroupNumber group) const {
        return std::span{candidates_of_}.subspan(group_begin_[group],
                                                 group_begin_[group + 1] - group_begin_[group]);
    }
    /// Ascending.
    [[nodiscard]] std::span<const GroupNumber> groups_of(CandidateNumber number) const {
        const auto j = static_cast<std::size_t>(number);
        return std::span{groups_of_}.subspan(candidate_begin_[j],
                                             candidate_begin_[j + 1] - candidate_begin_[j]);
    }

    /// Everybody, covered or not.
    [[nodiscard]] Persons everybody() const { return everybody_; }
    /// Whom the candidates of a choice cover, each group once; what is locked in counts only where named.
    [[nodiscard]] Persons covered_by(std::span<const CandidateNumber> choice) const;
    /// The cost of a choice; what is locked in costs nothing. @pre no candidate is named twice
    [[nodiscard]] Cost cost_of(std::span<const CandidateNumber> choice) const;

    /// The same candidates, and of the groups those that nothing locked in covers and something else could.
    /// What is locked in covers nobody there, so that nobody need ask for it again.
    [[nodiscard]] CoverageInstance open_part() const;
    /// Whom what is locked in covers.
    [[nodiscard]] Persons covered_already() const;
    /// The same by zone, for zones from 0 to below `zones`.
    [[nodiscard]] std::vector<Persons> covered_already_by_zone(std::size_t zones) const;

private:
    [[nodiscard]] bool covered_already(GroupNumber group) const;
    void add_group(ZoneNumber zone, Persons people, std::span<const CandidateNumber> candidates);
    void finish();

    std::vector<CoverageCandidate> candidates_;
    std::vector<ZoneNumber> zones_;  ///< of each group
    std::vector<Persons> people_;    ///< of each group
    std::vector<std::size_t> group_begin_{0};
    std::vector<CandidateNumber> candidates_of_;  ///< of all groups, one behind the other
    std::vector<std::size_t> candidate_begin_{0};
    std::vector<GroupNumber> groups_of_;  ///< of all candidates, one behind the other
    Persons everybody_;
};

}  // namespace phusong
