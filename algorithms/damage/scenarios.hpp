#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "algorithms/damage/serving_groups.hpp"
#include "algorithms/quantities/persons.hpp"
#include "algorithms/support/bit_rows.hpp"

namespace phusong {

/// Sets the bits of the scenarios in which all of these sites failed; all of them for no sites.
/// @param dark as many words as a row of `failed` @return whether there are any
bool all_failed(std::span<const SiteNumber> sites, const BitRows& failed, std::span<std::uint64_t> dark);

/// Adds people to the sums of those scenarios whose bit is set. Does not look for overflow.
/// @pre the sums can take them: the people added to one row are together an amount
/// @pre a bit for every sum, and none beyond the last
void add_where(std::span<const std::uint64_t> dark, Persons people, std::span<Persons> sums);

/// People in the dark, by commune and scenario. A commutative monoid under `merge` for disjoint sets of
/// groups and the same scenarios.
class ScenarioLosses {
public:
    /// Of no groups.
    explicit ScenarioLosses(std::size_t scenarios) : scenarios_{scenarios} {}

    /// A group is in the dark where all of its sites failed. @pre both have this many scenarios, and the
    /// people are not negative
    /// @throws QuantityOverflow
    void add(ZoneNumber zone, Persons people, std::span<const SiteNumber> sites, const BitRows& failed);
    /// @pre the same scenarios @throws QuantityOverflow
    void merge(const ScenarioLosses& other);

    [[nodiscard]] std::size_t scenarios() const { return scenarios_; }
    /// One amount a scenario, for every zone in which there is a group.
    [[nodiscard]] const std::map<ZoneNumber, std::vector<Persons>>& zones() const { return zones_; }
    /// Everybody once, also where communes overlap; one amount a scenario.
    [[nodiscard]] std::vector<Persons> total() const;

    friend bool operator==(const ScenarioLosses&, const ScenarioLosses&) = default;

private:
    std::size_t scenarios_;
    std::map<ZoneNumber, std::vector<Persons>> zones_;
    std::map<ZoneNumber, Persons> people_;  ///< of all groups: no sum can be more
};

/// All groups. Exact integers, so any order of groups gives the same bits; 64 scenarios a word,
/// O(groups x scenarios / 64) and at most one addition for every group and scenario that is dark.
/// @param failed a row a site and a bit a scenario, as `SiteNetwork::failed` gives it
[[nodiscard]] ScenarioLosses scenario_losses(const ServingGroups& groups, const BitRows& failed);

/// How people in the dark spread over scenarios.
struct LossSpread {
    double mean = 0;            ///< people
    double standard_error = 0;  ///< of the mean, people
    Persons low;                ///< 5 % of the scenarios are no worse than that
    Persons median;
    Persons high;  ///< 95 % of the scenarios are no worse than that

    friend bool operator==(const LossSpread&, const LossSpread&) = default;
};

/// The same for any order of the scenarios. @pre there are some
[[nodiscard]] LossSpread spread_of(std::span<const Persons> losses);

}  // namespace phusong
