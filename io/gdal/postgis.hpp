#pragma once

#include <string>

#include "io/gdal/handles.hpp"

namespace phusong::io {

enum class PostgisAccess { read, write };

/// Opens a database. @param name as `without_password` returned it
/// @throws InputError when it is to be read and does not open, StorageError when it is to be written
[[nodiscard]] DatasetHandle open_postgis(const std::string& name, PostgisAccess access);

/// SHA-256 of all rows of a table, values and geometries, in whatever order the database gives them.
/// @param layer empty: of the only table with geometries. @throws InputError
[[nodiscard]] std::string sha256_of_table(const std::string& name, const std::string& layer);

}  // namespace phusong::io
