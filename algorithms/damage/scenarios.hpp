#pragma once

#include <cstddef>
#include <map>
#include <span>
#include <vector>

#include "algorithms/damage/serving_groups.hpp"
#include "algorithms/quantities/persons.hpp"
#include "algorithms/support/bit_rows.hpp"

namespace phusong {

/// People in the dark, by commune and scenario. A commutative monoid under `merge` for disjoint sets of
/// groups and the same scenarios.
class ScenarioLosses {
public:
    /// Of no groups.
    explicit ScenarioLosses(std::size_t scenarios) : scenarios_{scenarios} {}

    /// A group is in the dark where all of its sites failed. @pre both have this many scenarios
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
};

/// All groups. Exact integers, so any order of groups gives the same bits; 64 scenarios a word,
/// O(groups x scenarios / 64) and one addition for every group and scenario that is dark.
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
