#pragma once

#include <filesystem>

#include "io/table.hpp"

namespace phusong::io {

/// Writes a table as CSV (RFC 4180, UTF-8, decimal point, LF). Text that a spreadsheet would take for a
/// formula (first character = + - @ tab or CR) gets an apostrophe in front, as OWASP advises; GeoJSON and
/// GeoPackage keep it as it is.
/// Beside it a .csvt says which columns are text, so that GDAL and QGIS keep leading zeros and read numbers
/// as numbers.
/// @throws StorageError
void write_csv(const std::filesystem::path& path, const Table& table);

}  // namespace phusong::io
