#pragma once

#include <atomic>
#include <cstddef>
#include <vector>

#include "engine/plan.hpp"
#include "engine/rollout_grounds.hpp"
#include "engine/sources.hpp"
#include "engine/tile_record.hpp"

namespace phusong {

/// Those that the study names; else masts of the study that do not have the technology, each place once, and
/// behind them places found where many people live without it, the most promising first. Homes are left open.
/// @param technology number of Plan::technologies
/// @throws StorageError, Cancelled
[[nodiscard]] std::vector<RolloutCandidate> rollout_candidates(const Plan& plan, const Sources& sources,
                                                               const TileRecords& records,
                                                               std::size_t technology,
                                                               const std::atomic<bool>* cancel = nullptr);

}  // namespace phusong
