#pragma once

#include <atomic>
#include <cstddef>
#include <vector>

#include "algorithms/damage/serving_groups.hpp"
#include "algorithms/damage/site_reach.hpp"
#include "engine/plan.hpp"
#include "engine/study_result.hpp"
#include "engine/tile_record.hpp"

namespace phusong {

/// People without a technology by commune and by the candidates that would reach them; nobody reaches the
/// people of an empty set.
struct RolloutGroups {
    std::vector<ServingGroups::Row> rows;  ///< by commune, then by candidates; raked where the study rakes
    ServingSets sets;
};

/// The second walk of a rollout plan. Of every commune the rows add up exactly to its people without the
/// technology for certain, by yes and no. People in a cell that several communes share count in the one that
/// owns most of it. Reads records alone; the same for any tiling.
/// @param technology number of Plan::technologies
/// @param candidates by their numbers
/// @throws StorageError, Cancelled, QuantityOverflow
[[nodiscard]] RolloutGroups rollout_groups(const Plan& plan, const TileRecords& records,
                                           const StudyResult& result, std::size_t technology,
                                           std::vector<SiteArea> candidates,
                                           const std::atomic<bool>* cancel = nullptr);

}  // namespace phusong
