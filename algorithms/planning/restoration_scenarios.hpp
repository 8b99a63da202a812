#pragma once

#include <chrono>
#include <span>
#include <vector>

#include "algorithms/planning/restoration_schedule.hpp"
#include "algorithms/support/bit_rows.hpp"

namespace phusong {

/// A site whose repair nobody plans.
inline constexpr std::chrono::minutes never_repaired = std::chrono::minutes::max();

/// What may have failed, more or less than the jobs of a problem say: a row a site, a bit a scenario.
struct DamageScenarios {
    BitRows structure;  ///< until the site's own job ends
    BitRows power;      ///< until its feeder's job ends; where it has none, its own
    /// Of each site: what has no such job works again from then on. Empty: `never_repaired`.
    std::vector<std::chrono::minutes> repaired;
};

/// People served from this time on, over scenarios.
struct RecoverySpread {
    std::chrono::minutes time{};
    Persons low;  ///< 5 % of the scenarios serve no more
    Persons median;
    Persons high;  ///< 95 % of the scenarios serve no more

    friend bool operator==(const RecoverySpread&, const RecoverySpread&) = default;
};

struct ScenarioRecovery {
    std::vector<RecoverySpread> curve;  ///< from 0 on; times ascend strictly, none later than the schedule
    PeopleHours low;                    ///< 5 % of the scenarios are no worse
    PeopleHours median;
    PeopleHours high;  ///< 95 % of the scenarios are no worse

    friend bool operator==(const ScenarioRecovery&, const ScenarioRecovery&) = default;
};

/// What a schedule is worth when it is not certain what has failed. Its times stay: a job whose target has
/// not failed in a scenario is not needed there, and crews go there all the same. A site without a failure
/// needs no job to be done. People-hours are counted until the schedule ends, of the same people as there:
/// whoever is still in the dark then was so all the time since the storm or the failure of the site.
/// 64 scenarios at a time; memory of a bit for every group and scenario. The order of the groups changes no
/// bit.
/// @pre the schedule is of the problem; a row for every site in both, equally many bits, some
/// @throws QuantityOverflow
[[nodiscard]] ScenarioRecovery scenario_recovery(const RestorationProblem& problem,
                                                 const RestorationSchedule& schedule,
                                                 const DamageScenarios& scenarios);

}  // namespace phusong
