#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "algorithms/planning/coverage_plan.hpp"

namespace phusong {

/// How far a plan has come after one of its steps.
struct CostCurvePoint {
    CoverageStep step;
    Cost cost;        ///< of this step and all before
    Persons covered;  ///< with this step and all before, and what is locked in

    /// People whom the step adds per unit of cost; infinite where it costs nothing.
    [[nodiscard]] double people_per_cost() const { return step.people.value() / step.cost.value(); }
};

/// What each further site costs and brings: at each step the site with the most people per cost, until
/// nobody is added. The price of a person never falls from one step to the next.
[[nodiscard]] std::vector<CostCurvePoint> cost_curve(const CoverageInstance& instance);

/// What it costs to cover so many people along a curve: a step of which a part is enough counts in
/// proportion, rounded down. @param people what is locked in included
/// @return nothing when the curve ends before
[[nodiscard]] std::optional<Cost> cost_to_cover(Persons people, std::span<const CostCurvePoint> curve);

/// The first step whose people cost more than an alternative charges for each of them, such as a terminal
/// for a satellite: from there on the alternative is cheaper. Nothing: no step is dearer.
[[nodiscard]] std::optional<std::size_t> first_step_dearer_than(Cost per_person,
                                                                std::span<const CostCurvePoint> curve);

}  // namespace phusong
