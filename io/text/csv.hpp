#pragma once

#include <filesystem>

#include "io/table.hpp"

namespace phusong::io {

/// Writes a table as CSV (RFC 4180, UTF-8, decimal point, LF). Text that a spreadsheet would take for a
/// formula (first character = + - @ tab or CR) gets an apostrophe in front, as OWASP advises; GeoJSON and
/// GeoPackage keep it as it is.
/// @throws StorageError
void write_csv(const std::filesystem::path& path, const Table& table);

}  // namespace phusong::io
