#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace phusong::io {

/// A moment as a table or a study writes it.
struct Moment {
    std::optional<double> seconds;  ///< since 1970-01-01 UTC, leap seconds left aside; unset: see `fault`
    std::string fault;              ///< what is wrong and what to write: "names no time zone; write ..."
};

/// Reads ISO 8601 with its zone: "2025-09-29T00:00:00+07:00", "2025-09-28 17:00Z", "2025-09-29T00+0700";
/// also with slashes in the date, as GDAL writes times. Seconds may have parts. A time without a zone is no
/// moment: nobody knows whose clock it was.
[[nodiscard]] Moment moment_of(std::string_view text);

/// Hours from a moment to another one.
[[nodiscard]] inline double hours_between(double from_seconds, double to_seconds) {
    return (to_seconds - from_seconds) / 3600;
}

}  // namespace phusong::io
