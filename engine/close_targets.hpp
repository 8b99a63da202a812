#pragma once

#include <vector>

#include "engine/plan.hpp"
#include "engine/run.hpp"
#include "engine/study_result.hpp"
#include "engine/target_closing.hpp"

namespace phusong {

/// Of each target of the study: sites for every commune, and for all together or the provinces where the
/// target is theirs. Nothing for targets of another technology than the rollout's, or of the best operator
/// alone. Equal input gives equal bits, on any number of threads.
/// @pre the result has a rollout
/// @throws Cancelled, QuantityOverflow
[[nodiscard]] std::vector<TargetClosings> close_targets(const Plan& plan, const StudyResult& result,
                                                        const RunOptions& options);

}  // namespace phusong
