#pragma once

#include "engine/sources.hpp"
#include "engine/study_result.hpp"
#include "io/proj/transform.hpp"
#include "io/table.hpp"

namespace phusong::io {

/// The site to harden in every commune, in the order of their worth, as points.
/// @pre the result has an event with hardening
[[nodiscard]] Table hardening_table(const Plan& plan, const Sources& sources, const StudyResult& result,
                                    const ToLonLat& to_lonlat);

}  // namespace phusong::io
