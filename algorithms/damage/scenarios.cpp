#include "algorithms/damage/scenarios.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <cmath>
#include <cstdint>
#include <functional>

#include "algorithms/quantities/wide_integer.hpp"
#include "algorithms/support/nearest_rank.hpp"

namespace phusong {
namespace {

/// Set bits from which a word is cheaper added as a whole. Measured by tests/bench/event_outlook.cpp.
constexpr int dense_word = 40;

/// Set bits of a word, which without a processor's own instruction std::popcount asks a library for.
int set_bits(std::uint64_t word) {
    word -= word >> 1 & 0x5555555555555555U;
    word = (word & 0x3333333333333333U) + (word >> 2 & 0x3333333333333333U);
    word = (word + (word >> 4)) & 0x0f0f0f0f0f0f0f0fU;
    return static_cast<int>(word * 0x0101010101010101U >> 56);
}

/// All bits of a half-byte as masks of four sums.
constexpr std::array<std::array<std::int64_t, 4>, 16> masks_of_half_byte() {
    std::array<std::array<std::int64_t, 4>, 16> masks{};
    for (std::size_t value = 0; value < 16; ++value) {
        for (std::size_t bit = 0; bit < 4; ++bit) masks[value][bit] = (value >> bit & 1U) != 0 ? -1 : 0;
    }
    return masks;
}
constexpr auto masks = masks_of_half_byte();

/// To all 64 sums of a word, nothing where the bit is not set.
void add_dense(std::uint64_t dark, Persons people, Persons* sums) {
    for (std::size_t first = 0; first < BitRows::bits_per_word; first += 4) {
        const auto& mask = masks[dark >> first & 15U];
        for (std::size_t i = 0; i < 4; ++i) {
            Persons& sum = sums[first + i];
            sum = Persons::of_units(sum.units() + (people.units() & mask[i]));
        }
    }
}

}  // namespace

bool all_failed(std::span<const SiteNumber> sites, const BitRows& failed, std::span<std::uint64_t> dark) {
    std::uint64_t any = 0;
    for (std::size_t word = 0; word < dark.size(); ++word) {
        std::uint64_t all = failed.used(word);
        for (const SiteNumber site : sites) all &= failed.row(static_cast<std::size_t>(site))[word];
        dark[word] = all;
        any |= all;
    }
    return any != 0;
}

void add_where(std::span<const std::uint64_t> dark, Persons people, std::span<Persons> sums) {
    assert(dark.size() == (sums.size() + BitRows::bits_per_word - 1) / BitRows::bits_per_word);
    for (std::size_t word = 0; word < dark.size(); ++word) {
        if (dark[word] == 0) continue;
        Persons* const here = sums.data() + word * BitRows::bits_per_word;
        const bool whole = (word + 1) * BitRows::bits_per_word <= sums.size();
        if (whole && set_bits(dark[word]) >= dense_word) {
            add_dense(dark[word], people, here);
            continue;
        }
        for (std::uint64_t rest = dark[word]; rest != 0; rest &= rest - 1) {
            Persons& sum = here[std::countr_zero(rest)];
            sum = Persons::of_units(sum.units() + people.units());
        }
    }
}

void ScenarioLosses::add(ZoneNumber zone, Persons people, std::span<const SiteNumber> sites,
                         const BitRows& failed) {
    assert(failed.bits() == scenarios_ && people >= Persons{});
    people_[zone] += people;
    std::vector<Persons>& losses = zones_.try_emplace(zone, scenarios_).first->second;
    std::vector<std::uint64_t> dark(failed.words());
    if (all_failed(sites, failed, dark)) add_where(dark, people, losses);
}

void ScenarioLosses::merge(const ScenarioLosses& other) {
    assert(other.scenarios_ == scenarios_);
    for (const auto& [zone, people] : other.people_) people_[zone] += people;
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
    // Most communes of most storms: nothing happens there.
    if (std::adjacent_find(losses.begin(), losses.end(), std::not_equal_to<>{}) == losses.end()) {
        return {losses.front().value(), 0, losses.front(), losses.front(), losses.front()};
    }
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
