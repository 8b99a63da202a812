#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "algorithms/planning/restoration_problem.hpp"
#include "algorithms/quantities/people_hours.hpp"
#include "algorithms/quantities/persons.hpp"
#include "algorithms/quantities/wide_integer.hpp"

namespace phusong {

struct ScheduledRepair {
    JobNumber job = no_job;
    std::int32_t crew = 0;
    std::chrono::minutes start{};
    std::chrono::minutes end{};
    Persons people;  ///< get service back at its end
    /// Of its bundle: the jobs since people last came back, up to those that bring people back again, when
    /// one crew follows the list. Nothing where nobody is left to come back: such a job can wait.
    double people_per_hour = 0;

    [[nodiscard]] bool brings_nobody() const { return people_per_hour == 0; }
    friend bool operator==(const ScheduledRepair&, const ScheduledRepair&) = default;
};

/// From this time on so many people are served.
struct RecoveryStep {
    std::chrono::minutes time{};
    Persons served;

    friend bool operator==(const RecoveryStep&, const RecoveryStep&) = default;
};

struct RestorationSchedule {
    std::vector<ScheduledRepair> repairs;  ///< in the order of the list
    std::vector<RecoveryStep> curve;       ///< from 0 on; times and people ascend strictly
    std::chrono::minutes end{};            ///< of the last job
    Persons in_the_dark;                   ///< at 0, and some job brings them back
    Persons beyond_repair;                 ///< at 0, and no job of the list brings them back
    /// Without service until the last job ends, of those whom some job brings back: so lists can be compared
    /// that end at different times. Exact, rounded once.
    PeopleHours people_hours;

    friend bool operator==(const RestorationSchedule&, const RestorationSchedule&) = default;
};

/// List scheduling: the next job of the list starts when a crew is free, the first of the free ones.
/// O(jobs log crews + sites + links + pairs of people and sites)
/// @pre every job once; crews > 0 @throws QuantityOverflow
[[nodiscard]] RestorationSchedule schedule_repairs(const RestorationProblem& problem,
                                                   std::span<const JobNumber> order, std::int32_t crews);

/// People without service for minutes, in units of a person's unit times a minute, as people-hours to the
/// nearest unit. @pre not negative @throws QuantityOverflow
[[nodiscard]] PeopleHours people_hours_of(WideInteger person_minutes);

}  // namespace phusong
