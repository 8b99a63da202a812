#pragma once

#include <string>

#include "algorithms/grid/grid_spec.hpp"
#include "engine/problems.hpp"
#include "engine/rollout_input.hpp"
#include "engine/sources.hpp"

namespace phusong::io {

/// Points of a layer or a CSV table where sites may be built, in file order, in the study's CRS.
/// @param study_crs canonical @param grid of the population, around which a candidate has to stand
/// @pre input.candidates is set
/// @throws InputError naming file and feature, where something cannot be (nothing is guessed)
[[nodiscard]] CandidatesSource read_candidates(const RolloutInput& input, const std::string& study_crs,
                                               const GridSpec& grid, Problems& problems);

}  // namespace phusong::io
