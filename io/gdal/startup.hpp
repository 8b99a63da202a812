#pragma once

#include <string>
#include <utility>
#include <vector>

namespace phusong::io {

/// Makes GDAL, OGR and PROJ read and write the same way everywhere: registers only the drivers that are
/// needed (GTiff, COG, MEM; GeoPackage, GeoJSON, TopoJSON, Shapefile, FlatGeobuf, CSV), removes their options
/// from the environment and from configuration files, and sets every option that could change a result.
/// Idempotent. Changes the process environment: the first call belongs before any thread is started.
void start_gdal();

/// Name and version of each library that decides a result; of the coordinate database too.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> library_versions();

}  // namespace phusong::io
