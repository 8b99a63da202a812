#pragma once

#include <vector>

#include "engine/plan.hpp"
#include "engine/site_homes.hpp"
#include "engine/sources.hpp"
#include "engine/study_result.hpp"
#include "io/table.hpp"

namespace phusong::io {

/// A commune in need after an event, or one that is not.
struct GapRow {
    const RankedGap* gap = nullptr;
    const PlaceResult* commune = nullptr;
    bool in_need = false;  ///< under its floor, or somebody may be in the dark: only then has it a rank
};

/// Communes in need by rank, then the others by code. @pre the result has an event
[[nodiscard]] std::vector<GapRow> gap_rows(const StudyResult& result);

/// One row a commune, those most in need first, with the interval of its rank, the communes it is tied with,
/// and, where the study names criteria, what an index of them says. It must not outlive the plan.
/// @param homes of the event's sites @pre the result has an event
[[nodiscard]] Table ranking_table(const Plan& plan, const Sources& sources, const StudyResult& result,
                                  const SiteHomes& homes);

}  // namespace phusong::io
