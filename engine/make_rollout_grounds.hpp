#pragma once

#include <atomic>

#include "engine/plan.hpp"
#include "engine/rollout_grounds.hpp"
#include "engine/sources.hpp"
#include "engine/study_result.hpp"
#include "engine/tile_record.hpp"

namespace phusong {

/// Finds candidates where the study names none, and who lives within their reach, from records alone.
/// The same bits for any tiling.
/// @pre the study has a rollout; the plan has its technology
/// @throws StorageError, Cancelled, QuantityOverflow, LimitError beyond what can be planned
[[nodiscard]] RolloutGrounds make_rollout_grounds(const Plan& plan, const Sources& sources,
                                                  const TileRecords& records, const StudyResult& result,
                                                  const std::atomic<bool>* cancel = nullptr);

}  // namespace phusong
