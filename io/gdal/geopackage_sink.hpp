#pragma once

#include <filesystem>
#include <span>

#include "io/table.hpp"

namespace phusong::io {

/// Writes tables as layers of a new GeoPackage: multipolygons, or no geometry for a table without places. The
/// file is opened again, checked by SQLite and its rows are counted. Equal tables give equal bytes.
/// @throws StorageError; nothing is left behind then
void write_geopackage(const std::filesystem::path& path, std::span<const Table> tables);

/// Writes tables with places as vector tiles, z/x/y.pbf of gzipped Mapbox vector tiles, into a new folder.
/// @throws StorageError
void write_tile_folder(const std::filesystem::path& folder, std::span<const Table> tables, int coarsest_zoom,
                       int finest_zoom);

}  // namespace phusong::io
