#include "algorithms/damage/expected_loss.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstdint>
#include <vector>

namespace phusong {
namespace {

/// Ascending, in `sorted`.
void probabilities_of(std::span<const SiteNumber> sites, std::span<const double> failure,
                      std::vector<double>& sorted) {
    sorted.clear();
    for (const SiteNumber site : sites) {
        const double p = failure[static_cast<std::size_t>(site)];
        assert(p >= 0 && p <= 1);
        sorted.push_back(p);
    }
    std::sort(sorted.begin(), sorted.end());
}

double product(std::span<const double> sorted) {
    double all = 1;
    for (const double p : sorted) all *= p;
    return all;
}

/// Nearest unit; all of them for 1, also beyond the 2^53 units that a double holds.
Persons expected(Persons people, double probability) {
    if (probability >= 1) return people;
    const double units = std::nearbyint(static_cast<double>(people.units()) * probability);
    return std::min(people, Persons::of_units(static_cast<std::int64_t>(units)));
}

DarkBounds dark_bounds(Persons people, std::span<const double> sorted) {
    const double independent = product(sorted);
    double low = 1;
    for (const double p : sorted) low -= 1 - p;
    const double high = sorted.empty() ? 1 : sorted.front();
    // In exact arithmetic low <= independent holds; here rounding may break it by 1e-16.
    low = std::clamp(low, 0.0, independent);
    return {expected(people, low), expected(people, independent), expected(people, high)};
}

struct WeightedSet {
    std::span<const SiteNumber> sites;
    double people = 0;
    double probability = 0;
};

/// Probability that all sites of both fail; nothing when they share none, which makes them independent.
std::optional<double> joint_probability(const WeightedSet& a, const WeightedSet& b,
                                        std::span<const double> failure, std::vector<double>& sorted) {
    sorted.clear();
    bool share = false;
    auto x = a.sites.begin();
    auto y = b.sites.begin();
    while (x != a.sites.end() || y != b.sites.end()) {
        const bool from_a = y == b.sites.end() || (x != a.sites.end() && *x <= *y);
        const SiteNumber site = from_a ? *x : *y;
        if (from_a && y != b.sites.end() && *y == site) {
            share = true;
            ++y;
        }
        if (from_a) {
            ++x;
        } else {
            ++y;
        }
        sorted.push_back(failure[static_cast<std::size_t>(site)]);
    }
    if (!share) return std::nullopt;
    std::sort(sorted.begin(), sorted.end());
    return product(sorted);
}

}  // namespace

DarkBounds dark_bounds(Persons people, std::span<const SiteNumber> sites, std::span<const double> failure) {
    std::vector<double> sorted;
    probabilities_of(sites, failure, sorted);
    return dark_bounds(people, sorted);
}

ExpectedLoss expected_loss(const ServingGroups& groups, std::span<const double> failure) {
    ExpectedLoss loss;
    for (const ServingGroups::Row& row : groups.rows()) {
        const DarkBounds dark = dark_bounds(row.people, groups.sets()[row.set], failure);
        DarkBounds& zone = loss.zones[row.zone];
        zone.low += dark.low;
        zone.independent += dark.independent;
        zone.high += dark.high;
    }
    for (const auto& [zone, dark] : loss.zones) {
        const std::int64_t sign = zone == counted_twice ? -1 : 1;
        loss.total.low += dark.low * sign;
        loss.total.independent += dark.independent * sign;
        loss.total.high += dark.high * sign;
    }
    return loss;
}

std::optional<double> dark_people_variance(const ServingGroups& groups, std::span<const double> failure,
                                           std::optional<ZoneNumber> zone, std::size_t most_sets) {
    std::map<ServingSets::SetNumber, Persons> people_of;
    for (const ServingGroups::Row& row : groups.rows()) {
        if (zone && row.zone != *zone) continue;
        people_of[row.set] += row.people * (!zone && row.zone == counted_twice ? -1 : 1);
    }
    if (people_of.size() > most_sets) return std::nullopt;

    std::vector<double> sorted;
    std::vector<WeightedSet> sets;
    sets.reserve(people_of.size());
    for (const auto& [set, people] : people_of) {
        const std::span<const SiteNumber> sites = groups.sets()[set];
        probabilities_of(sites, failure, sorted);
        sets.push_back({sites, people.value(), product(sorted)});
    }
    double variance = 0;
    for (std::size_t a = 0; a < sets.size(); ++a) {
        variance += sets[a].people * sets[a].people * sets[a].probability * (1 - sets[a].probability);
        for (std::size_t b = a + 1; b < sets.size(); ++b) {
            const auto joint = joint_probability(sets[a], sets[b], failure, sorted);
            if (!joint) continue;
            variance +=
                2 * sets[a].people * sets[b].people * (*joint - sets[a].probability * sets[b].probability);
        }
    }
    return std::max(variance, 0.0);
}

}  // namespace phusong
