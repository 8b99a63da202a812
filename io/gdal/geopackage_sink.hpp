#pragma once

#include <filesystem>
#include <span>

#include "io/table.hpp"

namespace phusong::io {

/// Writes tables as layers of a new GeoPackage: multipolygons, or no geometry for a table without places. The
/// file is opened again, checked by SQLite and its rows are counted. Equal tables give equal bytes.
/// @throws StorageError; nothing is left behind then
void write_geopackage(const std::filesystem::path& path, std::span<const Table> tables);

}  // namespace phusong::io
