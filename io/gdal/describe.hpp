#pragma once

#include <string>

namespace phusong::io {

/// What phusong understands of a file, for people: of a raster its grid, CRS, bands and a sample of values;
/// of a vector file its layers and fields. Says what would be refused. Ends with a line break.
/// @throws InputError when the file is neither
[[nodiscard]] std::string describe_file(const std::string& file);

}  // namespace phusong::io
