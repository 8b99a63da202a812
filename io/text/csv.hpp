#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "io/table.hpp"

namespace phusong::io {

/// Writes a table as CSV (RFC 4180, UTF-8, decimal point, LF). Text that a spreadsheet would take for a
/// formula (first character = + - @ tab or CR) gets an apostrophe in front, as OWASP advises; GeoJSON and
/// GeoPackage keep it as it is.
/// Beside it a .csvt says which columns are text, so that GDAL and QGIS keep leading zeros and read numbers
/// as numbers.
/// @throws StorageError
void write_csv(const std::filesystem::path& path, const Table& table);

/// What `write_csv` writes, a piece a column with what separates it from the next, so that a file can be held
/// against a table: the heading, any row, and the whole .csvt.
[[nodiscard]] std::vector<std::string> csv_heading(const Table& table);
[[nodiscard]] std::vector<std::string> csv_pieces(const std::vector<TableValue>& row);
[[nodiscard]] std::string csv_types(const Table& table);

}  // namespace phusong::io
