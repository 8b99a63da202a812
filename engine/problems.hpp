#pragma once

#include <compare>
#include <optional>
#include <string>
#include <vector>

#include "algorithms/quantities/persons.hpp"

namespace phusong {

/// Imperfect data that the work could go on with: said, counted, never silent.
struct Problem {
    std::string subject;                ///< file, layer or commune, as the user knows it
    std::string what;                   ///< what is wrong and what was done about it
    std::optional<Persons> affected{};  ///< people concerned, when that can be said

    friend auto operator<=>(const Problem&, const Problem&) = default;
};

using Problems = std::vector<Problem>;

}  // namespace phusong
