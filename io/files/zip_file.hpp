#pragma once

#include <string>
#include <string_view>

namespace phusong::io {

/// A zip archive of one file, whose bytes depend on name and content alone: no clock, no owner.
/// @pre both below 4 GiB; the name is ASCII
[[nodiscard]] std::string zip_of(std::string_view name, std::string_view content);

/// A gzip stream, likewise. @pre below 4 GiB
[[nodiscard]] std::string gzip_of(std::string_view content);

}  // namespace phusong::io
