#pragma once

#include <cstdint>

#include "algorithms/planning/restoration_schedule.hpp"
#include "algorithms/quantities/people_hours.hpp"

namespace phusong {

/// How hard to look for a bound; either costs time in proportion.
struct RestorationBoundEffort {
    int moments = 16;  ///< at which prices are looked for
    int steps = 60;    ///< at each
};

/// No order of the jobs leaves fewer people-hours, with so many crews and no job interrupted.
///
/// At any time t at most D - constant(t) - sum of v_j(t) over the jobs that are done leave the dark, with the
/// values of `RestorationRelaxation`, which may be others at every t. Over the time until T, a job that ends
/// at C is then worth F_j(C) = the integral of v_j from C to T. Let a minute of crew's work at time s cost
/// pi(s) >= 0. A schedule pays for c crews at most, so
///     people-hours >= integral of (D - constant) - c x integral of pi
///                     - sum over jobs of max(0, max over C of F_j(C) - integral of pi from C - h_j to C).
/// Every job looks for its own best end, as a whole. pi is the integral of what a minute of work is worth at
/// every later time, which is what the relaxed problem pays for the last job that fits. In floating point;
/// 1e-9 of all people x all time is taken off, a thousand times what can be lost by rounding.
///
/// O(moments x steps x (pairs of groups and sites + jobs log jobs)).
/// @param known any schedule of the problem for so many crews: says at which times to look, and how much
///        is possible; a good one makes for a better bound, none for a false one
[[nodiscard]] PeopleHours people_hours_bound(const RestorationProblem& problem, std::int32_t crews,
                                             const RestorationSchedule& known,
                                             const RestorationBoundEffort& effort = {});

/// The part of its people-hours that a schedule could save at most, 0..1. @pre the bound is of its problem
[[nodiscard]] inline double gap(PeopleHours of_schedule, PeopleHours bound) {
    return of_schedule == PeopleHours{} ? 0 : (of_schedule - bound) / of_schedule;
}

}  // namespace phusong
