#pragma once

#include <string>

#include "engine/study.hpp"

namespace phusong::io {

/// `path[layer]` and `path[band]`, as in a study and on the command line.
struct FileArgument {
    std::string path;
    std::string bracket;  ///< layer name or band number; empty when there is none
};
[[nodiscard]] FileArgument parse_file_argument(const std::string& text);

/// Puts a bracket into a file: digits are a band of a raster, anything else names a layer.
void set_bracket(FileLayer& file, const std::string& bracket);

}  // namespace phusong::io
