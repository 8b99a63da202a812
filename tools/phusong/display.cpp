#include "tools/phusong/display.hpp"

#include <fmt/format.h>

#include <cmath>

namespace phusong::cli {

namespace {

/// One end of an interval with the promise that 0 and 100 mean nobody and everybody.
std::string one_percent(double share, bool nobody, bool everybody) {
    const double percent = 100 * share;
    if (nobody) return "0.00";
    if (everybody) return "100.00";
    if (percent < 0.005) return "<0.01";
    if (percent >= 99.995) return ">99.99";
    return fmt::format("{:.2f}", percent);
}

}  // namespace

std::string people_text(Persons people) {
    std::string digits = std::to_string(std::llround(std::abs(people.value())));
    for (std::ptrdiff_t at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3) {
        digits.insert(static_cast<std::size_t>(at), ",");
    }
    return people < Persons{} ? "-" + digits : digits;
}

std::string percent_text(const Answer& answer) {
    const Persons all = answer.people();
    if (all == Persons{}) return "-";
    const Interval interval = share_of_people(answer);
    const Persons high = answer.served.people + answer.unknown.people;
    const std::string low_text =
        one_percent(interval.low, answer.served.people == Persons{}, answer.served.people == all);
    const std::string high_text = one_percent(interval.high, high == Persons{}, high == all);
    if (low_text == high_text) return low_text + " %";
    return low_text + " to " + high_text + " %";
}

std::size_t display_width(const std::string& text) {
    std::size_t width = 0;
    for (const char c : text) width += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U ? 1U : 0U;
    return width;
}

std::string padded(const std::string& text, std::size_t width) {
    const std::size_t own = display_width(text);
    return own >= width ? text : text + std::string(width - own, ' ');
}

std::string padded_left(const std::string& text, std::size_t width) {
    const std::size_t own = display_width(text);
    return own >= width ? text : std::string(width - own, ' ') + text;
}

std::string printable(const std::string& text) {
    std::string safe;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        // C1 controls are two bytes in UTF-8: C2 80 to C2 9F.
        const bool c1 =
            byte == 0xC2U && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xA0U;
        if (c1) {
            safe += '?';
            ++i;
        } else {
            safe += byte < 0x20U || byte == 0x7FU ? '?' : text[i];
        }
    }
    return safe;
}

}  // namespace phusong::cli
