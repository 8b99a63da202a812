#pragma once

#include <filesystem>
#include <span>
#include <string>

#include "io/proj/transform.hpp"
#include "io/table.hpp"

namespace phusong::io {

/// Writes the shapes of communes and dead zones, with the columns that a web map shows, as vector tiles of
/// zooms 4 to 10 in one PMTiles file.
/// @param name of the study. @param tables those of a run; others than the two are left out
/// @param to_lonlat brings a shape to longitude and latitude of WGS 84; outlives the call
/// @throws StorageError; nothing is left behind then
void write_web_tiles(const std::filesystem::path& path, std::span<const Table> tables,
                     const std::string& name, const ToLonLat& to_lonlat);

}  // namespace phusong::io
