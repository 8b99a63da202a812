#pragma once

#include <filesystem>
#include <string_view>

namespace phusong::io {

/// Puts a file in the place of an older one, whole or not at all, whoever else does the same: it is made
/// under a hidden name of this process, brought to the disk and renamed. What killed processes of this
/// machine left half made is removed. @throws StorageError; the older file is then what it was
void replace_file(const std::filesystem::path& path, std::string_view bytes);

}  // namespace phusong::io
