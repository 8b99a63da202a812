#pragma once

#include "engine/plan.hpp"
#include "engine/site_homes.hpp"
#include "engine/sources.hpp"
#include "engine/study_result.hpp"
#include "io/proj/transform.hpp"
#include "io/table.hpp"

namespace phusong::io {

/// People by what every question answered before and after the event: nine columns that add up to all, for
/// every commune and for everything (code "total"). @pre the result has an event
[[nodiscard]] Table transitions_table(const Plan& plan, const Sources& sources, const StudyResult& result);

/// People without any mobile service at every hour asked for, communes and everything (code "total").
/// @pre the result has an event
[[nodiscard]] Table people_dark_over_time_table(const Plan& plan, const Sources& sources,
                                                const StudyResult& result);

/// One row a site: what was seen of it, and in which part of the scenarios it is off the air. Without rows
/// where the study has no table of sites.
/// @param homes of the event's sites @pre the result has an event
[[nodiscard]] Table site_outages_table(const Plan& plan, const Sources& sources, const StudyResult& result,
                                       const SiteHomes& homes, const ToLonLat& to_lonlat);

}  // namespace phusong::io
