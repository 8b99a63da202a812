#pragma once

#include <cstddef>
#include <map>
#include <vector>

#include "algorithms/damage/shared_fates.hpp"
#include "algorithms/ledger/ledger.hpp"
#include "engine/event_pass.hpp"
#include "engine/partial.hpp"
#include "engine/plan.hpp"

namespace phusong {

/// What the sums of a study hold of one zone, raked or not.
struct ZoneLedger {
    std::vector<Ledger::Row> rows;         ///< by state before any event
    std::vector<Persons> served_by_share;  ///< of each layer of the study; zero for others
    std::vector<SharedFates::Row> fates;   ///< of an event; they add up to the rows
    std::vector<Persons> severities;       ///< of an event: severity_parts for each question

    [[nodiscard]] Persons people() const;
    /// Scales everything to so many people: rows exactly, fates exactly to their rows; shares and severities
    /// follow, rounded down.
    /// @param layers of the study's coverage @pre there are people
    void rake(Persons target, std::size_t layers);
};

/// Of every zone of the plan, and of those that only the ledger knows.
[[nodiscard]] std::map<ZoneNumber, ZoneLedger> zone_ledgers(const Plan& plan, const Partial& partial);

/// The zone by states before and after the event, sorted.
[[nodiscard]] std::vector<Ledger::Row> rows_after(const ZoneLedger& zone, const ServingSets& sets,
                                                  const EventPlan& event);

}  // namespace phusong
