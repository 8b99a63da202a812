#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "algorithms/grid/cell_area.hpp"
#include "algorithms/grid/grid_spec.hpp"
#include "algorithms/grid/tiling.hpp"
#include "algorithms/zones/zone_index.hpp"
#include "engine/alignment.hpp"
#include "engine/dead_zones.hpp"
#include "engine/event_plan.hpp"
#include "engine/problems.hpp"
#include "engine/sources.hpp"
#include "engine/study.hpp"
#include "engine/technologies.hpp"

namespace phusong {

/// What may differ between two runs of a study without changing a bit of the result.
struct PlanOptions {
    std::int32_t tile_side = 512;  ///< of a tile, in study cells; made whole population cells or file blocks
};

/// A study made ready: one grid, tiles in one order, communes on the lattice, an alignment per layer.
/// Immutable; shared by all threads.
struct Plan {
    Study study;
    std::vector<Technology> technologies;
    std::vector<Combination> combinations;
    std::vector<DeadZoneDefinition> dead_zones;

    GridSpec population_grid;
    std::int32_t refine = 1;
    GridSpec study_grid;
    Tiling tiling;  ///< of the population grid; a study tile is its refinement

    /// Communes in the order of their zone numbers, which follows where they lie and not what they are
    /// called.
    std::vector<Zone> zones;
    /// Part of each commune's area that lies inside the population raster, 0..1.
    std::vector<double> inside_raster;
    ZoneIndex zone_index;
    CellAreas study_areas;
    CellAreas population_areas;         ///< for densities
    EarthSurface surface;               ///< of the study's CRS
    std::vector<Alignment> alignments;  ///< of study.coverage
    std::optional<EventPlan> event;     ///< set when the study has one

    std::string population_name;    ///< of the raster, as the user gave it
    std::uint64_t fingerprint = 0;  ///< of all that decides the result; partials of other plans are refused
    /// Of all that decides the sums of a pass, but for what its inputs hold at a place: what was counted
    /// under an equal one still holds wherever the inputs are what they were.
    std::uint64_t pass_fingerprint = 0;
    Problems problems;

    [[nodiscard]] Window study_window(Window population_window) const {
        return {population_window.row * refine, population_window.column * refine,
                population_window.rows * refine, population_window.columns * refine};
    }
};

/// @throws InputError when the study and its sources cannot be brought together, LimitError beyond a limit
[[nodiscard]] Plan make_plan(const Study& study, const Sources& sources, const PlanOptions& options = {});

}  // namespace phusong
