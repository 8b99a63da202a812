#pragma once

#include "algorithms/planning/coverage_target.hpp"
#include "algorithms/support/stop_flag.hpp"

namespace phusong {

/// Adds candidates by progress per cost until the target is met.
/// @pre all candidates together meet it
void reach_target(TargetProgress& progress);

/// Drops, the dearest first, what the target does not need. @pre it is met
void drop_redundant(TargetProgress& progress);

/// Replaces a candidate, alone or with those that share people with it, by others that keep the target met;
/// keeps what costs less, or costs the same and covers more. @pre the target is met @return rounds done
int cheapen(TargetProgress& progress, int most_rounds, StopFlag stop = nullptr);

}  // namespace phusong
