#pragma once

#include <cstddef>
#include <string>

#include "engine/rollout.hpp"
#include "engine/rollout_archive.hpp"

namespace phusong::cli {

/// Each plan: sites, cost, people, and how far from the best it can be; then what people cost along the
/// curve.
/// @param most_sites of each plan to name
[[nodiscard]] std::string rollout_text(const RolloutArchive& archive, const RolloutPlans& plans,
                                       std::size_t most_sites);

}  // namespace phusong::cli
