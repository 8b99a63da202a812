#include "engine/loss_estimates.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>

#include "algorithms/damage/expected_loss.hpp"
#include "algorithms/damage/scenarios.hpp"
#include "algorithms/quantities/wide_integer.hpp"

namespace phusong {
namespace {

/// Estimates of one place that come from sites alone; they add up.
struct BySites {
    Persons certain;
    DarkBounds dark;

    void add(const BySites& other, std::int64_t sign) {
        certain += other.certain * sign;
        dark.low += other.dark.low * sign;
        dark.independent += other.dark.independent * sign;
        dark.high += other.dark.high * sign;
    }
};

BySites by_sites(const LossGroups& groups, std::size_t place, const SitesAtHour& sites) {
    BySites sum;
    for (const LossGroup& group : groups.groups(place)) {
        const std::span<const SiteNumber> set = groups.sets()[group.set];
        const bool off = std::all_of(set.begin(), set.end(), [&](SiteNumber site) {
            return sites.surely_off[static_cast<std::size_t>(site)] != 0;
        });
        sum.add({off ? group.people : Persons{}, dark_bounds(group.people, set, sites.failure)}, 1);
    }
    return sum;
}

enum Cause : std::uint8_t { structure, power, transport, unattributed, mixed, causes_count };
using CauseSums = std::array<WideInteger, causes_count>;  ///< units x scenarios

/// Splits the dark scenarios of groups by cause.
class Splitter {
public:
    Splitter(const BitRows& failed, const OutageRows& causes)
        : failed_{&failed},
          rows_{&causes.structure, &causes.power, &causes.transport, &causes.unattributed},
          dark_(failed.words()),
          one_cause_(failed.words()) {}

    void add(std::span<const SiteNumber> sites, Persons people, CauseSums& sums) {
        if (!all_failed(sites, *failed_, dark_)) return;
        std::int64_t rest = count(dark_);
        for (std::size_t cause = 0; cause < rows_.size() && rest > 0; ++cause) {
            if (!all_failed(sites, *rows_[cause], one_cause_)) continue;
            const std::int64_t scenarios = count(one_cause_);
            sums[cause] += WideInteger{people.units()} * scenarios;
            rest -= scenarios;
        }
        sums[Cause::mixed] += WideInteger{people.units()} * rest;
    }

private:
    static std::int64_t count(std::span<const std::uint64_t> bits) {
        std::int64_t set = 0;
        for (const std::uint64_t word : bits) set += std::popcount(word);
        return set;
    }

    const BitRows* failed_;
    std::array<const BitRows*, 4> rows_;
    std::vector<std::uint64_t> dark_;
    std::vector<std::uint64_t> one_cause_;
};

CauseSplit split_of(const CauseSums& sums, std::size_t scenarios) {
    const auto mean = [&](Cause cause) {
        return static_cast<double>(sums[cause]) / static_cast<double>(scenarios) / Persons::units_per_one;
    };
    return {mean(structure), mean(power), mean(transport), mean(unattributed), mean(mixed)};
}

}  // namespace

std::vector<LossEstimate> estimates_of(const LossGroups& groups, const SitesAtHour& sites,
                                       const PersonsTable& losses) {
    std::vector<BySites> sums;
    for (std::size_t place = 0; place < groups.places(); ++place) {
        sums.push_back(by_sites(groups, place, sites));
    }
    BySites everybody;
    for (std::size_t place = 0; place < groups.places(); ++place) {
        everybody.add(sums[place], place == groups.everybody() ? -1 : 1);
    }
    sums.back() = everybody;
    std::vector<LossEstimate> estimates;
    for (std::size_t place = 0; place < groups.places(); ++place) {
        const LossTally& tally = groups.tally(place);
        const BySites& sum = sums[place];
        estimates.push_back({tally.before, tally.lost_by_map + sum.certain, spread_of(losses.row(place)),
                             tally.lost_by_map + sum.dark.low, tally.lost_by_map + sum.dark.independent,
                             tally.lost_by_map + sum.dark.high});
    }
    return estimates;
}

std::vector<CauseSplit> cause_splits_of(const LossGroups& groups, const BitRows& failed,
                                        const OutageRows& causes) {
    const std::size_t scenarios = failed.bits();
    Splitter splitter{failed, causes};
    std::vector<CauseSums> sums(groups.places());
    CauseSums everybody{};
    for (std::size_t place = 0; place < groups.places(); ++place) {
        for (const LossGroup& group : groups.groups(place)) {
            splitter.add(groups.sets()[group.set], group.people, sums[place]);
        }
        for (std::size_t cause = 0; cause < causes_count; ++cause) {
            everybody[cause] += place == groups.everybody() ? -sums[place][cause] : sums[place][cause];
        }
    }
    sums.back() = everybody;
    std::vector<CauseSplit> splits;
    for (std::size_t place = 0; place < groups.places(); ++place) {
        sums[place][unattributed] +=
            WideInteger{groups.tally(place).lost_by_map.units()} * static_cast<std::int64_t>(scenarios);
        splits.push_back(split_of(sums[place], scenarios));
    }
    return splits;
}

}  // namespace phusong
