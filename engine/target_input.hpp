#pragma once

#include <cstdint>
#include <string>

namespace phusong {

/// A level of service that somebody promised.
struct TargetInput {
    /// Whose service counts.
    enum class Rule : std::uint8_t {
        any_operator,  ///< of any of them
        best_operator  ///< of the one that serves most people in the place
    };
    /// Where the level must be reached.
    enum class Scope : std::uint8_t {
        everything,  ///< over all communes together
        province,
        commune
    };
    std::string name;        ///< empty: told by the rest
    std::string technology;  ///< "5g", "fibre"
    Rule rule = Rule::any_operator;
    Scope scope = Scope::everything;
    /// Of the people, in millionths of a per cent: decimals of a study file stay exact. Above 0, at most 1e8.
    std::int64_t millionths = 0;
    std::string deadline;  ///< as written; empty: none
    /// Per cent of the people: whoever is farther from the level is red.
    double tolerance_points = 5;

    friend bool operator==(const TargetInput&, const TargetInput&) = default;
};

}  // namespace phusong
