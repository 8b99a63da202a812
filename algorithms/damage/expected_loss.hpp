#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <span>

#include "algorithms/damage/serving_groups.hpp"
#include "algorithms/quantities/persons.hpp"

namespace phusong {

/// People in the dark, from the failure probabilities of sites alone; low <= independent <= high for every
/// commune.
struct DarkBounds {
    Persons low;          ///< at least that many are expected, however the failures hang together
    Persons independent;  ///< expected when sites fail independently of each other
    Persons high;         ///< at most that many are expected, however the failures hang together

    friend bool operator==(const DarkBounds&, const DarkBounds&) = default;
};

/// Of one group: all its sites fail with probability p1 p2 ... pk when they are independent, else between
/// max(0, p1 + ... + pk - (k - 1)) and min p (Frechet). Probabilities are multiplied in ascending order, so
/// the numbers of sites change no bit. Each amount is rounded once to a unit; exact for probabilities 0, 1.
/// @param failure probability of each site. @pre 0 <= failure <= 1
[[nodiscard]] DarkBounds dark_bounds(Persons people, std::span<const SiteNumber> sites,
                                     std::span<const double> failure);

struct ExpectedLoss {
    std::map<ZoneNumber, DarkBounds> zones;
    DarkBounds total;  ///< sum of the zones, less those counted twice

    friend bool operator==(const ExpectedLoss&, const ExpectedLoss&) = default;
};

/// All groups, each rounded once, so their order changes no bit. O(groups).
/// @param failure probability of each site. @pre 0 <= failure <= 1
[[nodiscard]] ExpectedLoss expected_loss(const ServingGroups& groups, std::span<const double> failure);

/// Beyond so many different serving sets the variance is not computed, and scenarios tell the spread: the
/// 12.5 million pairs of 5,000 sets took 0.3 s on one core.
inline constexpr std::size_t most_sets_for_variance = 5000;

/// Variance of the people in the dark (people squared) when sites fail independently, over one commune or,
/// without one, over everybody once. The sum over pairs of sets a, b that share a site of
/// people(a) people(b) (P(all of a and b fail) - P(a) P(b)): O(sets squared).
/// Nothing: more than `most_sets` different sets.
[[nodiscard]] std::optional<double> dark_people_variance(const ServingGroups& groups,
                                                         std::span<const double> failure,
                                                         std::optional<ZoneNumber> zone = std::nullopt,
                                                         std::size_t most_sets = most_sets_for_variance);

}  // namespace phusong
