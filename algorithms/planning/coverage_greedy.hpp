#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "algorithms/planning/coverage_choice.hpp"
#include "algorithms/planning/coverage_limit.hpp"
#include "algorithms/quantities/wide_integer.hpp"

namespace phusong {

/// Which candidate comes first: the most people, or the most people per unit of cost. What costs nothing
/// has the best price; ties go to more people, then to the lower number.
enum class CoverageOrder : std::uint8_t { people, people_per_cost };

/// A candidate and what it would add.
struct CoverageOffer {
    Persons people;
    Cost cost;
    CandidateNumber number = 0;
};

/// A strict total order on offers of different numbers that add somebody.
[[nodiscard]] inline bool comes_before(const CoverageOffer& a, const CoverageOffer& b, CoverageOrder order) {
    if (order == CoverageOrder::people_per_cost) {
        const WideInteger here = WideInteger{a.people.units()} * b.cost.units();
        const WideInteger there = WideInteger{b.people.units()} * a.cost.units();
        if (here != there) return here > there;
    }
    if (a.people != b.people) return a.people > b.people;
    return a.number < b.number;
}

/// Whether an offer of at most so many people comes behind another one for certain: two products instead of
/// two wide ones, which is what a search over all candidates mostly asks.
[[nodiscard]] inline bool surely_behind(Persons at_most, Cost cost, const CoverageOffer& best,
                                        CoverageOrder order) {
    if (order == CoverageOrder::people) return at_most < best.people;
    constexpr double more_than_rounding = 1 - 1e-14;
    const double here = static_cast<double>(at_most.units()) * static_cast<double>(best.cost.units());
    const double there = static_cast<double>(best.people.units()) * static_cast<double>(cost.units());
    return here < there * more_than_rounding;
}

/// Adds the best candidate that fits, again and again, until none adds anybody; the numbers in the order in
/// which they came. Lazy: an offer is looked at again only when it tops the heap (Minoux, 1978; "CELF",
/// Leskovec et al., KDD 2007), and costs one read, because the choice keeps what everybody is worth.
/// By people under a number of sites, the choice is within 1 - 1/e of the best (Nemhauser, Wolsey and
/// Fisher, 1978).
/// @param among only these, when any are named
std::vector<CandidateNumber> add_greedily(CoverageChoice& choice, RoomLeft& room, CoverageOrder order);
std::vector<CandidateNumber> add_greedily(CoverageChoice& choice, RoomLeft& room, CoverageOrder order,
                                          std::span<const CandidateNumber> among);

}  // namespace phusong
