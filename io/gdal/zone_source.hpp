#pragma once

#include <string>
#include <vector>

#include "algorithms/grid/grid_spec.hpp"
#include "algorithms/zones/zone.hpp"
#include "engine/problems.hpp"
#include "engine/study.hpp"

namespace phusong::io {

struct ZonesRead {
    std::vector<Zone>
        zones;  ///< in file order; a commune of several features stands where its first one does
    bool synthetic = false;
    std::string operation;  ///< how they came into the study's CRS; empty: they were in it
    Problems problems;
};

/// Communes of a vector layer: codes as text, names NFC, geometry repaired, in the study's CRS. Where that is
/// the layer's own, valid shapes keep every bit; elsewhere a straight edge stays within 1/100 of a study
/// cell.
/// @param adjust_to_field attribute with official head counts; empty: none. @param study_crs canonical
/// @throws InputError naming file, feature or code
[[nodiscard]] ZonesRead read_zones(const CommunesInput& input, const std::string& adjust_to_field,
                                   const std::string& study_crs, const GridSpec& study_grid);

}  // namespace phusong::io
