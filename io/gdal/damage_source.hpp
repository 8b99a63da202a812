#pragma once

#include <string>
#include <vector>

#include "algorithms/grid/grid_spec.hpp"
#include "engine/event.hpp"
#include "engine/problems.hpp"
#include "engine/sources.hpp"

namespace phusong::io {

struct DamageAreas {
    std::vector<DamageArea> areas;  ///< in the study's CRS
    bool synthetic = false;
    std::string operation;  ///< how they came into the study's CRS; empty: they were in it
};

/// Polygons of damage, repaired, in the study's CRS. A layer without features is no damage and a notice.
/// @param known technologies of the study @param study_crs canonical
/// @throws InputError naming file, layer and feature: a severity that is missing or not 0..1, a technology
/// that the study does not know
[[nodiscard]] DamageAreas read_damage_areas(const DamageInput& input, const std::vector<std::string>& known,
                                            const std::string& study_crs, const GridSpec& study_grid,
                                            Problems& problems);

}  // namespace phusong::io
