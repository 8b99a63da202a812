#pragma once

#include <filesystem>
#include <string>

#include "engine/study.hpp"
#include "io/proj/transform.hpp"
#include "io/table.hpp"
#include "io/verify/findings.hpp"

namespace phusong::io {

/// Each holds a file of a result folder, byte by byte, against what phusong writes of a table. A file that is
/// not there is no finding of theirs. At most one finding a file: the first.
void check_csv(const std::filesystem::path& folder, const Table& table, CsvDialect dialect,
               Findings& findings);
/// @param to_lonlat for tables with shapes
void check_geojson(const std::filesystem::path& folder, const Table& table, const ToLonLat& to_lonlat,
                   Findings& findings);
/// The sheet of the table's name in phusong.xlsx, cell by cell, if the workbook has it.
void check_sheet(const std::filesystem::path& folder, const Table& table, Findings& findings);

}  // namespace phusong::io
