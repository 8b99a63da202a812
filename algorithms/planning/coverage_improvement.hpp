#pragma once

#include "algorithms/planning/coverage_choice.hpp"
#include "algorithms/planning/coverage_limit.hpp"
#include "algorithms/support/stop_flag.hpp"

namespace phusong {

/// Drops a candidate, alone or with those that share people with it, fills the room again without it, and
/// keeps what covers more; until a whole round changes nothing, or `most_rounds` are done. The choice never
/// gets worse. A round costs one look at all candidates for each one chosen.
/// @param room what the choice leaves of the limit; kept true
/// @return rounds done
int improve_coverage(CoverageChoice& choice, RoomLeft& room, int most_rounds, StopFlag stop = nullptr);

}  // namespace phusong
