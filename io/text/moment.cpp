#include "io/text/moment.hpp"

#include <chrono>

namespace phusong::io {

namespace {

/// Takes a text apart from its begin.
class Cursor {
public:
    explicit Cursor(std::string_view text) : text_{text} {}

    [[nodiscard]] bool at_end() const { return text_.empty(); }
    [[nodiscard]] char next() const { return text_.empty() ? '\0' : text_.front(); }
    [[nodiscard]] bool at_digit() const { return next() >= '0' && next() <= '9'; }
    bool skip(std::string_view any_of) {
        if (text_.empty() || any_of.find(text_.front()) == std::string_view::npos) return false;
        text_.remove_prefix(1);
        return true;
    }
    /// Exactly so many digits.
    [[nodiscard]] std::optional<int> digits(int count) {
        int number = 0;
        for (int i = 0; i < count; ++i) {
            if (!at_digit()) return std::nullopt;
            number = 10 * number + (next() - '0');
            text_.remove_prefix(1);
        }
        return number;
    }
    /// ".25" is 0.25; nothing there is 0.
    [[nodiscard]] double fraction() {
        if (!skip(".,")) return 0;
        double value = 0;
        for (double unit = 0.1; at_digit(); unit /= 10, text_.remove_prefix(1))
            value += unit * (next() - '0');
        return value;
    }

private:
    std::string_view text_;
};

struct Clock {
    int hours = 0;
    int minutes = 0;
    double seconds = 0;
    [[nodiscard]] bool possible() const { return hours < 24 && minutes < 60 && seconds < 60; }
    [[nodiscard]] double in_seconds() const { return 3600.0 * hours + 60.0 * minutes + seconds; }
};

std::optional<double> days_of(Cursor& cursor) {
    const auto year = cursor.digits(4);
    if (!year || !cursor.skip("-/")) return std::nullopt;
    const auto month = cursor.digits(2);
    if (!month || !cursor.skip("-/")) return std::nullopt;
    const auto day = cursor.digits(2);
    if (!day) return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year{*year},
                                           std::chrono::month{static_cast<unsigned>(*month)},
                                           std::chrono::day{static_cast<unsigned>(*day)}};
    if (!date.ok()) return std::nullopt;
    return static_cast<double>(std::chrono::sys_days{date}.time_since_epoch().count());
}

/// "00", "00:00", "00:00:00.5"
std::optional<Clock> clock_of(Cursor& cursor) {
    Clock clock;
    const auto hours = cursor.digits(2);
    if (!hours) return std::nullopt;
    clock.hours = *hours;
    if (cursor.skip(":")) {
        const auto minutes = cursor.digits(2);
        if (!minutes) return std::nullopt;
        clock.minutes = *minutes;
        if (cursor.skip(":")) {
            const auto seconds = cursor.digits(2);
            if (!seconds) return std::nullopt;
            clock.seconds = *seconds + cursor.fraction();
        }
    }
    if (!clock.possible()) return std::nullopt;
    return clock;
}

/// "Z", "+07:00", "+0700", "+07": seconds east of Greenwich.
std::optional<double> zone_of(Cursor& cursor) {
    if (cursor.skip("Zz")) return 0;
    const double sign = cursor.next() == '-' ? -1 : 1;
    if (!cursor.skip("+-")) return std::nullopt;
    const auto hours = cursor.digits(2);
    if (!hours) return std::nullopt;
    int minutes = 0;
    if (cursor.skip(":") || cursor.at_digit()) {
        const auto stated = cursor.digits(2);
        if (!stated) return std::nullopt;
        minutes = *stated;
    }
    if (*hours > 14 || minutes > 59) return std::nullopt;
    return sign * (3600.0 * *hours + 60.0 * minutes);
}

Moment no_moment(std::string_view text) {
    return {std::nullopt,
            "'" + std::string{text} +
                "' is no date and time with its zone; write one such as 2025-09-29T00:00:00+07:00"};
}

}  // namespace

Moment moment_of(std::string_view text) {
    constexpr std::string_view blanks = " \t\r\n";
    const std::size_t first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) return no_moment(text);
    text = text.substr(first, text.find_last_not_of(blanks) - first + 1);
    Cursor cursor{text};
    const auto days = days_of(cursor);
    if (!days) return no_moment(text);
    Clock clock;
    if (cursor.skip("Tt ")) {
        const auto read = clock_of(cursor);
        if (!read) return no_moment(text);
        clock = *read;
        cursor.skip(" ");
    }
    if (cursor.at_end()) {
        return {std::nullopt, "'" + std::string{text} +
                                  "' names no time zone; write 2025-09-29T00:00:00+07:00 for a clock in "
                                  "Vietnam, or ...Z for UTC"};
    }
    const auto zone = zone_of(cursor);
    if (!zone || !cursor.at_end()) return no_moment(text);
    return {*days * 86400 + clock.in_seconds() - *zone, ""};
}

}  // namespace phusong::io
