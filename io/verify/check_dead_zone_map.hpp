#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "io/table.hpp"
#include "io/verify/findings.hpp"

namespace phusong::io {

/// Holds dead_zones.tif against the outlines, cells and first cells of the zones' table, strip by strip: the
/// memory does not depend on the height of the map.
/// @param definitions in the order of the bands
/// @throws InputError when the map cannot be read
void check_dead_zone_map(const std::filesystem::path& folder, const Table& zones,
                         const std::vector<std::string>& definitions, Findings& findings);

}  // namespace phusong::io
