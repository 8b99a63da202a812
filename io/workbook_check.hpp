#pragma once

#include <cstddef>
#include <filesystem>
#include <span>

namespace phusong::io {

/// Reads a written workbook to its end: libxlsxwriter does not notice a disk that is full while it writes its
/// temporary files, and zips what came there.
/// @param cells how many each sheet must hold, in the order of the sheets
/// @throws StorageError when one does not hold them
void require_cells(const std::filesystem::path& path, std::span<const std::size_t> cells);

}  // namespace phusong::io
