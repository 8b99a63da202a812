#pragma once

#include <string>

namespace phusong::io {

/// The shortest text that reads back as the same double; locale-free. @pre the number is finite
[[nodiscard]] std::string shortest(double number);

}  // namespace phusong::io
