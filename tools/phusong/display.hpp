#pragma once

#include <string>

#include "algorithms/ledger/questions.hpp"
#include "algorithms/quantities/persons.hpp"

namespace phusong::cli {

/// "3,831,694": whole people, for reading.
[[nodiscard]] std::string people_text(Persons people);

/// "99.97 %", "20.01 to 20.24 %"; never 100 % while anyone is unserved or unknown (">99.99 %"), never 0 %
/// while anyone is served ("<0.01 %"). "-" where nobody lives.
[[nodiscard]] std::string percent_text(const Answer& answer);

/// Columns of a terminal that a text takes: Vietnamese letters are one column and several bytes.
[[nodiscard]] std::size_t display_width(const std::string& text);
[[nodiscard]] std::string padded(const std::string& text, std::size_t width);       ///< text left
[[nodiscard]] std::string padded_left(const std::string& text, std::size_t width);  ///< text right

/// What a terminal would obey is shown instead, as "\x1b", "\n" or "\u202e": names come from files. So are
/// bytes that are no UTF-8.
[[nodiscard]] std::string printable(const std::string& text);
/// The same of each line of a text.
[[nodiscard]] std::string printable_lines(const std::string& text);

}  // namespace phusong::cli
