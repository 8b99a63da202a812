#pragma once

#include <string>

namespace phusong::io {

/// The one rule for inputs: an existing, regular, non-empty file (a symbolic link to one is fine). Virtual
/// file systems ("/vsi..."), connection strings, folders, pipes and devices are refused.
/// @return the absolute path, which no driver mistakes for a connection string
/// @throws InputError naming the path as given; StorageError when it cannot be looked at
[[nodiscard]] std::string checked_input_path(const std::string& path);

}  // namespace phusong::io
