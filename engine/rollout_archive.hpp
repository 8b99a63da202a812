#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "engine/archive_envelope.hpp"
#include "engine/plan.hpp"
#include "engine/rollout_grounds.hpp"
#include "engine/rollout_input.hpp"
#include "engine/study_result.hpp"

namespace phusong {

/// What is kept of a run with a rollout, so that other budgets and levels are planned without a raster.
struct RolloutArchive {
    std::string study_name;
    std::string currency;    ///< of all costs; empty: the study does not say
    RolloutAsk ask;          ///< of the study
    RolloutGrounds grounds;  ///< places are longitude and latitude
    bool synthetic = false;
};

/// @param to_lonlat brings places of the study's CRS to longitude and latitude of WGS 84
/// @pre the result has a rollout
[[nodiscard]] RolloutArchive rollout_archive_of(const Plan& plan, const StudyResult& result, bool synthetic,
                                                const std::function<Point(Point)>& to_lonlat);

[[nodiscard]] std::vector<std::uint8_t> encode_rollout(const RolloutArchive& archive);
/// @throws ArchiveFormatError
[[nodiscard]] RolloutArchive decode_rollout(std::span<const std::uint8_t> bytes);

}  // namespace phusong
