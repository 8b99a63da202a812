#pragma once

#include <filesystem>
#include <vector>

#include "io/table.hpp"

namespace phusong::io {

/// The layers of a GeoPackage that phusong wrote, as the tables they were: values exact, shapes read from the
/// file when asked for, rings closed. Descriptions and metadata are left out.
/// @throws InputError naming the file when it cannot be read
[[nodiscard]] std::vector<Table> saved_geopackage(const std::filesystem::path& path);

}  // namespace phusong::io
