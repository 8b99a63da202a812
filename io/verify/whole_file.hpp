#pragma once

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "engine/errors.hpp"

namespace phusong::io {

/// The bytes of a result file. @throws StorageError when it cannot be read
[[nodiscard]] inline std::string whole_file(const std::filesystem::path& path) {
    std::ifstream file{path, std::ios::binary};
    std::ostringstream text;
    if (file.peek() != std::ifstream::traits_type::eof()) text << file.rdbuf();
    if (!file.is_open() || file.bad() || text.fail())
        throw StorageError{"'" + path.string() + "' cannot be read; check its permissions"};
    return text.str();
}

}  // namespace phusong::io
