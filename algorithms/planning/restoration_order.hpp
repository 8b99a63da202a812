#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "algorithms/planning/restoration_problem.hpp"

namespace phusong {

/// The order to work in: the greedy one, then neighbouring bundles changed places while that saves
/// people-hours; whichever of the two is better for so many crews. @pre crews > 0 @throws QuantityOverflow
[[nodiscard]] std::vector<JobNumber> restoration_order(const RestorationProblem& problem, std::int32_t crews);

/// Changes bundles that follow each other, and puts off jobs that their bundle does not need, while that
/// saves people-hours of one crew; at most so many times over the list. Never worse for one crew.
/// @pre every job once
[[nodiscard]] std::vector<JobNumber> improved_order(const RestorationProblem& problem,
                                                    std::vector<JobNumber> order, int sweeps = 20);

/// For comparison, orders that people use. All three take each job by itself and count people as often as
/// sites reach them. @{
[[nodiscard]] std::vector<JobNumber> listed_order(const RestorationProblem& problem);
/// By people in the dark within reach of the job's sites, most first, then by number.
[[nodiscard]] std::vector<JobNumber> biggest_first_order(const RestorationProblem& problem);
/// By the same people per hour of the job, most first, then by number.
[[nodiscard]] std::vector<JobNumber> best_rate_first_order(const RestorationProblem& problem);
/// @}

}  // namespace phusong
