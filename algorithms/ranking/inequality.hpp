#pragma once

#include <cstddef>
#include <span>

#include "algorithms/quantities/persons.hpp"

namespace phusong {

/// Gini coefficient of a rate over people: 0 when everybody has the same, towards 1 when one person has all;
/// half the mean difference of two people over the mean. 0 when nobody has anything. The same bits for any
/// order of the communes. O(n log n).
/// @param rates what each person of a commune has, not negative @param people of each commune
/// @pre as many rates as people; people not negative and some of them
[[nodiscard]] double gini(std::span<const double> rates, std::span<const Persons> people);

struct TheilSplit {
    double within = 0;   ///< differences between the communes of one group
    double between = 0;  ///< differences between the means of groups

    [[nodiscard]] double total() const { return within + between; }
};

/// Theil's T over people: mean of x ln x of x = rate / mean rate, split by groups (provinces, for example);
/// its parts add up to the index of all. 0 when nobody has anything.
/// @param group of each commune: any numbers. @pre as for `gini`, and as many groups as rates
[[nodiscard]] TheilSplit theil(std::span<const double> rates, std::span<const Persons> people,
                               std::span<const std::size_t> group);

}  // namespace phusong
