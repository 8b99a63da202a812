#pragma once

#include "engine/site_homes.hpp"
#include "engine/sources.hpp"
#include "engine/study_result.hpp"
#include "io/proj/transform.hpp"
#include "io/table.hpp"

namespace phusong::io {

/// One repair a row, in the order of work, at the place of its site or amid the sites that wait for it.
/// @pre the result has a restoration
[[nodiscard]] Table restoration_table(const Plan& plan, const Sources& sources, const StudyResult& result,
                                      const SiteHomes& homes, const ToLonLat& to_lonlat);

/// People served from each time on, with the interval over scenarios. @pre the result has a restoration
[[nodiscard]] Table restoration_curve_table(const Plan& plan, const Sources& sources,
                                            const StudyResult& result);

}  // namespace phusong::io
