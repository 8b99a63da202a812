#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "engine/study.hpp"
#include "io/table.hpp"

namespace phusong::io {

/// Writes a table as CSV (RFC 4180, UTF-8, decimal point, LF), its texts as `csv_text` says; GeoJSON,
/// GeoPackage and workbook keep them as they are.
/// Beside it a .csvt says which columns are text, so that GDAL and QGIS keep leading zeros and read numbers
/// as numbers.
/// @param dialect `excel_vi`: the same with a byte-order mark, semicolons between cells and decimal commas,
/// so that Excel in a Vietnamese locale takes letters, columns and numbers for what they are
/// @throws StorageError
void write_csv(const std::filesystem::path& path, const Table& table, CsvDialect dialect = CsvDialect::rfc);

/// A text as CSV files hold it, before quoting. Where a spreadsheet would take it for a formula (first
/// character = + - @ tab or CR, as such or in full width) it gets an apostrophe, as OWASP advises, and also
/// behind semicolons, tabs and line ends: a spreadsheet whose locale separates by semicolons cuts there.
/// Control characters that neither tab nor line end are become their pictures (U+241B for escape).
[[nodiscard]] std::string csv_text(std::string_view text);

/// What `write_csv` writes, a piece a column with what separates it from the next, so that a file can be held
/// against a table: the heading, any row, and the whole .csvt.
[[nodiscard]] std::vector<std::string> csv_heading(const Table& table, CsvDialect dialect = CsvDialect::rfc);
[[nodiscard]] std::vector<std::string> csv_pieces(const std::vector<TableValue>& row,
                                                  CsvDialect dialect = CsvDialect::rfc);
[[nodiscard]] std::string csv_types(const Table& table);

}  // namespace phusong::io
