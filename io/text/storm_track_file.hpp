#pragma once

#include <optional>
#include <string>
#include <vector>

#include "algorithms/damage/storm_track.hpp"
#include "engine/event.hpp"
#include "engine/problems.hpp"

namespace phusong::io {

/// The fixes of one storm of an IBTrACS v04 table (CSV, with or without the row of units): USA_WIND (1-min
/// mean, kt), USA_PRES and USA_POCI (hPa), USA_RMW (nautical miles), ISO_TIME (UTC). Hours count from the
/// first fix. Fixes without wind or pressure are left out with a notice.
/// @throws InputError naming file and storm: none or several of that name, a fix without a time or place, a
/// radius of maximum wind that nobody tells
[[nodiscard]] std::vector<StormFix> read_storm_fixes(const WindInput& input, Problems& problems);

/// Goes on from the last fix with the course and speed of the last leg, an hour at a time.
/// @param inland_decay the wind dies as over land from the last fix on (Kaplan-DeMaria), its pressure deficit
/// with the square of the wind, which keeps the shape of its profile; else both stay. Recorded winds always
/// stand.
/// @pre hours >= 0; with hours > 0 there are two fixes
[[nodiscard]] std::vector<StormFix> extended(std::vector<StormFix> fixes, double hours, bool inland_decay);

/// The track that winds are modelled from: the fixes, extended where the study asks for it, and said so.
/// @throws InputError
[[nodiscard]] StormTrack read_storm_track(const WindInput& input, Problems& problems);

}  // namespace phusong::io
