#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "io/table.hpp"

namespace phusong::io {

/// Writes a table with shapes as GeoJSON (RFC 7946: WGS 84 longitude and latitude, 7 decimals, shells
/// counter-clockwise). The table's metadata become members of the collection.
/// @param to_lonlat brings a shape to longitude and latitude of WGS 84; empty: the shapes are there
/// @throws StorageError
void write_geojson(const std::filesystem::path& path, const Table& table,
                   const std::function<MultiPolygon(const MultiPolygon&)>& to_lonlat = {});

/// What `write_geojson` writes, so that a file can be held against a table: what comes before the features, a
/// feature with a piece a column and at last one for its geometry, and what comes after them.
[[nodiscard]] std::string geojson_opening(const Table& table);
[[nodiscard]] std::vector<std::string> geojson_pieces(
    const Table& table, std::size_t row, const std::function<MultiPolygon(const MultiPolygon&)>& to_lonlat);
inline constexpr std::string_view geojson_closing = "]}\n";

}  // namespace phusong::io
