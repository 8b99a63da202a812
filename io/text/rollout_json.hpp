#pragma once

#include <nlohmann/json.hpp>

#include "engine/rollout.hpp"
#include "engine/rollout_archive.hpp"

namespace phusong::io {

/// The plans in figures, without their sites.
[[nodiscard]] nlohmann::ordered_json rollout_json(const RolloutArchive& archive, const RolloutPlans& plans);
/// The same, each plan with its sites in the order in which they are worth building.
[[nodiscard]] nlohmann::ordered_json rollout_sites_json(const RolloutArchive& archive,
                                                        const RolloutPlans& plans);

}  // namespace phusong::io
