#pragma once

#include <filesystem>
#include <functional>

#include "io/table.hpp"

namespace phusong::io {

/// Writes a table with shapes as GeoJSON (RFC 7946: WGS 84 longitude and latitude, 7 decimals, shells
/// counter-clockwise). The table's metadata become members of the collection.
/// @param to_lonlat brings a shape to longitude and latitude of WGS 84; empty: the shapes are there
/// @throws StorageError
void write_geojson(const std::filesystem::path& path, const Table& table,
                   const std::function<MultiPolygon(const MultiPolygon&)>& to_lonlat = {});

}  // namespace phusong::io
