#pragma once

#include <filesystem>

#include "io/table.hpp"

namespace phusong::io {

/// Writes a table with shapes as GeoJSON (RFC 7946: WGS 84 longitude and latitude, 7 decimals, shells
/// counter-clockwise). The table's metadata become members of the collection.
/// @pre the shapes are in longitude and latitude of WGS 84
/// @throws StorageError
void write_geojson(const std::filesystem::path& path, const Table& table);

}  // namespace phusong::io
