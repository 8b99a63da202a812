#include "tools/phusong/display.hpp"

#include <fmt/format.h>

#include <cmath>
#include <cstdint>

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

/// A letter of UTF-8; no bytes where the text is none.
struct Letter {
    char32_t code = 0;
    std::size_t bytes = 0;
};

Letter letter_at(const std::string& text, std::size_t at) {
    const auto byte = [&](std::size_t i) -> char32_t { return static_cast<unsigned char>(text[at + i]); };
    const char32_t first = byte(0);
    if (first < 0x80) return {first, 1};
    const std::size_t bytes = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || at + bytes > text.size()) return {};
    char32_t code = first & (0x7FU >> bytes);
    for (std::size_t i = 1; i < bytes; ++i) {
        if ((byte(i) & 0xC0U) != 0x80U) return {};
        code = code << 6U | (byte(i) & 0x3FU);
    }
    return {code, bytes};
}

/// What terminals obey: controls, line separators, and marks that turn the direction of what follows.
bool is_control(char32_t code) {
    return code < 0x20 || (code >= 0x7F && code < 0xA0) || code == 0x61C || code == 0x200E ||
           code == 0x200F || (code >= 0x2028 && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
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
    for (std::size_t at = 0; at < text.size();) {
        const Letter letter = letter_at(text, at);
        if (letter.bytes == 0) {
            safe += fmt::format("\\x{:02x}", static_cast<unsigned char>(text[at++]));
            continue;
        }
        if (letter.code == '\n') {
            safe += "\\n";
        } else if (letter.code == '\t') {
            safe += "\\t";
        } else if (is_control(letter.code)) {
            safe += letter.code < 0x100 ? fmt::format("\\x{:02x}", std::uint32_t{letter.code})
                                        : fmt::format("\\u{:04x}", std::uint32_t{letter.code});
        } else {
            safe += text.substr(at, letter.bytes);
        }
        at += letter.bytes;
    }
    return safe;
}

std::string printable_lines(const std::string& text) {
    std::string safe;
    std::size_t begin = 0;
    for (std::size_t end = text.find('\n'); end != std::string::npos; end = text.find('\n', begin)) {
        safe += printable(text.substr(begin, end - begin)) + '\n';
        begin = end + 1;
    }
    return safe + printable(text.substr(begin));
}

}  // namespace phusong::cli
