#pragma once

#include <span>
#include <string>
#include <vector>

#include "engine/rollout.hpp"
#include "engine/rollout_archive.hpp"
#include "io/table.hpp"

namespace phusong::io {

/// One of the plans of a rollout.
struct NamedPlan {
    std::string name;  ///< "target", "budget" or "sites"
    std::span<const CoverageStep> steps;
    Persons covered_already;
};
/// Those that were asked for. They point into the plans.
[[nodiscard]] std::vector<NamedPlan> named_plans(const RolloutPlans& plans);

/// "given", "mast" or "found".
[[nodiscard]] std::string origin_word(RolloutCandidate::Origin origin);

/// The sites of every plan in the order in which they are worth building, as points.
[[nodiscard]] Table rollout_table(const RolloutArchive& archive, const RolloutPlans& plans);

/// What each further site costs and brings, best price a person first.
[[nodiscard]] Table cost_curve_table(const RolloutArchive& archive, const RolloutPlans& plans);

}  // namespace phusong::io
