#pragma once

#include <cstdint>
#include <span>

#include "algorithms/quantities/persons.hpp"

namespace phusong {

/// Values that mark cells without data, besides NaN: from the lowest to the highest; none by default.
struct MissingFloats {
    float lowest = 1;
    float highest = 0;

    [[nodiscard]] bool holds(float value) const { return value >= lowest && value <= highest; }
};

/// What the values of some cells add up to.
struct RoundedPeople {
    bool usual = true;  ///< all below, and the rounded cells, are right
    std::int64_t without_data = 0;
    std::int64_t units = 0;  ///< of Persons
};

/// Most people in a cell that `round_narrow` takes: their units fit 32 bits. Cells of 100 m hold more in the
/// densest towns only.
inline constexpr float most_narrow_people = 127;

/// Rounds people of cells as Persons::round does, missing ones as nobody, to units in half the memory of
/// Persons.
/// @param units of the same size as values
/// @return not usual when a value is below zero or above `most_narrow_people`
/// @pre at most 2^12 cells; missing values are below zero
[[nodiscard]] RoundedPeople round_narrow(std::span<const float> values, MissingFloats missing,
                                         std::span<std::int32_t> units);

/// The same for any usual number of people, up to 2^26 a cell.
[[nodiscard]] RoundedPeople round_usual(std::span<const float> values, MissingFloats missing,
                                        std::span<Persons> people);

}  // namespace phusong
