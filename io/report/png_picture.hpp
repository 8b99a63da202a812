#pragma once

#include <string>

namespace phusong::io {

/// An SVG picture as a PNG file's bytes. @param width in pixels; the height follows
/// @throws LimitError when it cannot be drawn that large
[[nodiscard]] std::string png_of(const std::string& svg, int width);

}  // namespace phusong::io
