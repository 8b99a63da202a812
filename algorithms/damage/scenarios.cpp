#include "algorithms/damage/scenarios.hpp"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cmath>
#include <cstdint>

#include "algorithms/quantities/wide_integer.hpp"
#include "algorithms/support/nearest_rank.hpp"

namespace phusong {

void ScenarioLosses::add(ZoneNumber zone, Persons people, std::span<const SiteNumber> sites,
                         const BitRows& failed) {
    assert(failed.bits() == scenarios_);
    std::vector<Persons>& losses = zones_.try_emplace(zone, scenarios_).first->second;
    for (std::size_t word = 0; word < failed.words(); ++word) {
        std::uint64_t dark = failed.used(word);
        for (const SiteNumber site : sites) dark &= failed.row(static_cast<std::size_t>(site))[word];
        for (; dark != 0; dark &= dark - 1) {
            const auto bit = static_cast<std::size_t>(std::countr_zero(dark));
            losses[word * BitRows::bits_per_word + bit] += people;
        }
    }
}

void ScenarioLosses::merge(const ScenarioLosses& other) {
    assert(other.scenarios_ == scenarios_);
    for (const auto& [zone, theirs] : other.zones_) {
        std::vector<Persons>& mine = zones_.try_emplace(zone, scenarios_).first->second;
        for (std::size_t i = 0; i < scenarios_; ++i) mine[i] += theirs[i];
    }
}

std::vector<Persons> ScenarioLosses::total() const {
    std::vector<Persons> total(scenarios_);
    for (const auto& [zone, losses] : zones_) {
        for (std::size_t i = 0; i < scenarios_; ++i) {
            if (zone == counted_twice) {
                total[i] -= losses[i];
            } else {
                total[i] += losses[i];
            }
        }
    }
    return total;
}

ScenarioLosses scenario_losses(const ServingGroups& groups, const BitRows& failed) {
    ScenarioLosses losses{failed.bits()};
    for (const ServingGroups::Row& row : groups.rows()) {
        losses.add(row.zone, row.people, groups.sets()[row.set], failed);
    }
    return losses;
}

LossSpread spread_of(std::span<const Persons> losses) {
    assert(!losses.empty());
    std::vector<Persons> sorted{losses.begin(), losses.end()};
    std::sort(sorted.begin(), sorted.end());
    WideInteger sum = 0;
    for (const Persons people : sorted) sum += people.units();
    const auto count = static_cast<double>(sorted.size());
    const double mean = static_cast<double>(sum) / count / Persons::units_per_one;
    double squares = 0;
    for (const Persons people : sorted) squares += (people.value() - mean) * (people.value() - mean);
    const double variance = sorted.size() > 1 ? squares / (count - 1) : 0;
    return {mean, std::sqrt(variance / count), sorted[nearest_rank(5, sorted.size())],
            sorted[nearest_rank(50, sorted.size())], sorted[nearest_rank(95, sorted.size())]};
}

}  // namespace phusong
