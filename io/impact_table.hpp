#pragma once

#include "engine/plan.hpp"
#include "engine/site_homes.hpp"
#include "engine/sources.hpp"
#include "engine/study_result.hpp"
#include "io/table.hpp"

namespace phusong::io {

/// What an event did, in the shape of the FCC's outage reports: for every commune one row of all operators
/// together (operator "any") and one of each operator, then the same of everything (code "total"). The
/// columns are documented in the README.
/// @param homes of the event's sites @pre the result has an event
[[nodiscard]] Table impact_table(const Plan& plan, const Sources& sources, const StudyResult& result,
                                 const SiteHomes& homes);

/// The rows of all operators together, a commune each, with shapes; it must not outlive the plan.
/// @pre the result has an event
[[nodiscard]] Table impact_layer(const Plan& plan, const Sources& sources, const StudyResult& result,
                                 const SiteHomes& homes);

}  // namespace phusong::io
