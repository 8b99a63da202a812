#pragma once

#include <vector>

#include "engine/plan.hpp"
#include "engine/scratch.hpp"
#include "engine/sources.hpp"
#include "engine/study_result.hpp"
#include "io/proj/transform.hpp"
#include "io/table.hpp"

namespace phusong::io {

/// One row a listed dead zone, definition by definition and by rank, with its outline along cell edges in the
/// study's CRS. The columns are documented in the README. All arguments but `to_lonlat` must outlive the
/// table.
/// @param scratch that of the run; shapes are taken from it row by row
[[nodiscard]] Table dead_zones_table(const Plan& plan, const Sources& sources, const StudyResult& result,
                                     const Scratch& scratch, const ToLonLat& to_lonlat);

/// One row a dead zone and commune that it lies in: a zone may cross borders.
[[nodiscard]] Table dead_zone_communes_table(const Plan& plan, const Sources& sources,
                                             const StudyResult& result);

/// One row a definition: its parameters, and zones + remainder = all unserved people.
[[nodiscard]] Table dead_zones_summary_table(const Plan& plan, const StudyResult& result, bool synthetic);

/// People in all zones of the list. (Everybody once, also where communes overlap.)
[[nodiscard]] Persons people_in(const std::vector<DeadZone>& zones);
/// Land of their whole cells.
[[nodiscard]] Area area_of(const std::vector<DeadZone>& zones);

}  // namespace phusong::io
