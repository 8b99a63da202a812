#include "io/text/number.hpp"

#include <charconv>
#include <cmath>
#include <system_error>

namespace phusong::io {

std::string shortest(double number) {
    char text[40];
    // Fixed notation in the range of people and degrees: spreadsheets turn 1e-05 into text now and then.
    const bool plain = number == 0 || (std::abs(number) >= 1e-9 && std::abs(number) < 1e15);
    const auto end = std::to_chars(text, text + sizeof text, number,
                                   plain ? std::chars_format::fixed : std::chars_format::general);
    return {text, end.ptr};
}

std::optional<double> number_of(std::string_view text) {
    constexpr std::string_view blanks = " \t\r\n";
    const std::size_t first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) return std::nullopt;
    text = text.substr(first, text.find_last_not_of(blanks) - first + 1);
    double number = 0;
    const auto [end, trouble] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool whole = trouble == std::errc{} && end == text.data() + text.size();
    if (!whole || !std::isfinite(number)) return std::nullopt;
    return number;
}

}  // namespace phusong::io
