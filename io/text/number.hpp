#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace phusong::io {

/// The shortest text that reads back as the same double; locale-free. @pre the number is finite
[[nodiscard]] std::string shortest(double number);

/// The finite number that a text is, blanks around it left aside; locale-free, with a decimal point.
/// @return nothing when it is no such number
[[nodiscard]] std::optional<double> number_of(std::string_view text);

}  // namespace phusong::io
