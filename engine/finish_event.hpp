#pragma once

#include <map>

#include "engine/event_result.hpp"
#include "engine/partial.hpp"
#include "engine/plan.hpp"
#include "engine/sources.hpp"
#include "engine/study_result.hpp"
#include "engine/zone_ledger.hpp"

namespace phusong {

/// What the event of a plan did, from raked ledgers.
/// @param zones of every zone of the plan, raked as the result is
/// @pre the plan has an event
[[nodiscard]] EventResult finish_event(const Plan& plan, const ServingSets& sets,
                                       const std::map<ZoneNumber, ZoneLedger>& zones,
                                       const StudyResult& result);

}  // namespace phusong
