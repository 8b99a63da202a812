#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "engine/plan.hpp"
#include "io/table.hpp"

namespace phusong::io {

/// Text of a QGIS project (.qgs) of a folder of results: every layer and table of phusong.gpkg and the
/// rasters that lie in the folder, styled, in groups, the map of what matters most switched on; sources are
/// relative, so that the folder may be moved.
/// @param tables those of phusong.gpkg. @param crs of the study, canonical
[[nodiscard]] std::string project_text(const std::filesystem::path& folder, const Plan& plan,
                                       const std::vector<Table>& tables, const std::string& crs,
                                       bool synthetic);

/// project.qgz, and a .qml file beside each GeoJSON file and raster of the folder that has none yet.
/// @throws StorageError
void write_qgis_files(const std::filesystem::path& folder, const Plan& plan, const std::vector<Table>& tables,
                      const std::string& crs, bool synthetic);

}  // namespace phusong::io
