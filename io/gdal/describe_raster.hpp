#pragma once

#include <string>

namespace phusong::io {

/// The raster half of describe_file(). @param name as the user gave it
[[nodiscard]] std::string describe_raster(const std::string& absolute_path, const std::string& name);

}  // namespace phusong::io
