#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "algorithms/damage/shared_fates.hpp"
#include "algorithms/planning/restoration_scenarios.hpp"
#include "algorithms/planning/restoration_schedule.hpp"
#include "engine/event.hpp"
#include "engine/event_plan.hpp"
#include "engine/restoration_input.hpp"

namespace phusong {

/// For reading.
[[nodiscard]] inline double hours_of(std::chrono::minutes time) {
    return static_cast<double>(time.count()) / 60;
}

/// One repair in the order of work.
struct RestorationTask {
    enum class Kind : std::uint8_t {
        site,       ///< mast, equipment or link of one site
        generator,  ///< power for one site that no feeder of a power zone can give back
        feeder      ///< power for all sites of a power zone that lost it
    };
    Kind kind = Kind::site;
    std::string name;               ///< the site's id, or the power zone
    std::vector<SiteNumber> sites;  ///< that wait for it, ascending
    std::chrono::minutes duration{};
};

/// The order in which damaged sites are best repaired, with a certificate.
struct Restoration {
    double hour = 0;  ///< from the event's time: when the crews start
    std::int32_t crews = 1;
    std::vector<RestorationTask> tasks;  ///< by JobNumber: as the table of sites comes to them
    RestorationSchedule schedule;        ///< of the plan
    ScenarioRecovery recovery;           ///< of the plan, over what may have failed more or less
    PeopleHours bound;                   ///< no order leaves fewer people-hours
    // What people do without a plan, for comparison, in people-hours counted as those of the plan.
    PeopleHours listed;           ///< in the order of the table
    PeopleHours biggest_first;    ///< most people within reach first
    PeopleHours best_rate_first;  ///< most people within reach per hour first

    /// The part of the plan's people-hours that a better order could save at most, 0..1.
    [[nodiscard]] double gap() const;
};

/// Plans the repair of what is most likely broken at an hour: a site whose mast, equipment or link fails in
/// half of the scenarios at least, and power that is lost in half of them at least, by its power zone where
/// the site is in one. From that hour on nothing comes back by itself: crews alone bring it back. People are
/// those of the first question who live by sites; whoever maps say is lost cannot be brought back by repairs.
/// Pure; the same bits for any order of rows.
/// @param hour from the event's time: one of those asked for
/// @throws SiteNetworkError naming the site @throws QuantityOverflow
[[nodiscard]] Restoration restoration_of(const RestorationInput& input, const EventInput& event,
                                         const EventPlan& plan, std::span<const SharedFates::Row> rows,
                                         const ServingSets& sets, double hour);

}  // namespace phusong
