#pragma once

#include <string>
#include <vector>

#include "algorithms/grid/grid_spec.hpp"
#include "algorithms/zones/polygon.hpp"
#include "engine/problems.hpp"
#include "engine/study.hpp"

namespace phusong::io {

struct CoveragePolygons {
    std::vector<MultiPolygon> shapes;  ///< in the study's CRS
    bool synthetic = false;
    std::string operation;  ///< how they came into the study's CRS; empty: they were in it
};

/// Polygons inside which a layer has service: those that pass the study's filter, repaired, in the study's
/// CRS.
/// @throws InputError naming file and layer; when no polygon is left, too
[[nodiscard]] CoveragePolygons read_coverage_polygons(const CoverageInput& input,
                                                      const std::string& study_crs,
                                                      const GridSpec& study_grid, Problems& problems);

}  // namespace phusong::io
