#include "io/text/number.hpp"

#include <charconv>
#include <cmath>

namespace phusong::io {

std::string shortest(double number) {
    char text[40];
    // Fixed notation in the range of people and degrees: spreadsheets turn 1e-05 into text now and then.
    const bool plain = number == 0 || (std::abs(number) >= 1e-9 && std::abs(number) < 1e15);
    const auto end = std::to_chars(text, text + sizeof text, number,
                                   plain ? std::chars_format::fixed : std::chars_format::general);
    return {text, end.ptr};
}

}  // namespace phusong::io
