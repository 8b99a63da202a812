#pragma once

#include <filesystem>
#include <string>

#include "engine/study.hpp"

namespace phusong::io {

/// A commented study file for the given inputs, ready to be edited; `parse_study` reads it back as the same
/// study.
/// @param folder that the study file will lie in: paths are written relative to it where they can be; empty:
/// paths are written as they are
[[nodiscard]] std::string write_study(const Study& study, const std::filesystem::path& folder);

}  // namespace phusong::io
