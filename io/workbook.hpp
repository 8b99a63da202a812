#pragma once

#include <cstddef>
#include <filesystem>
#include <span>

#include "io/table.hpp"

namespace phusong::io {

/// What one sheet can hold. Those of Excel, unless a test asks for less.
struct WorkbookLimits {
    std::size_t rows = 1'048'576;     ///< with the heading; at least 3
    std::size_t characters = 32'767;  ///< in a cell, in UTF-16 units as Excel counts; at least 3
};

/// Writes one .xlsx with a sheet per table, in their order, without shapes. Texts stay texts, whatever they
/// begin with; numbers stay numbers of 16 digits, shown as the reader's locale writes them; what is no number
/// is an empty cell. Rows beyond the limit are counted in the sheet's last row, longer texts end in "...".
/// Equal tables give equal bytes.
/// @param path a new file in a folder that exists; temporary files lie beside it and are gone afterwards
/// @param tables their names are those of the sheets, cut to 31 characters
/// @throws StorageError naming the path; nothing is left there
void write_workbook(const std::filesystem::path& path, std::span<const Table> tables,
                    const WorkbookLimits& limits = {});

}  // namespace phusong::io
