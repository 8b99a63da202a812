#pragma once

#include <filesystem>
#include <string>

#include "engine/errors.hpp"

namespace phusong::io {

/// A result file that GDAL could not write, or that does not read back. @throws StorageError naming it
[[noreturn]] inline void cannot_write(const std::filesystem::path& path, const std::string& what) {
    throw StorageError{"'" + path.string() + "' cannot be written: " + what +
                       "; check the disk and its free space"};
}

}  // namespace phusong::io
