#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "algorithms/damage/site_network.hpp"

namespace phusong::io {

/// Without blanks around it.
[[nodiscard]] std::string trimmed(const std::string& text);
/// The parts between any of the separators, trimmed; empty ones are left out.
[[nodiscard]] std::vector<std::string> split(const std::string& text, std::string_view separators);

/// In NFC, where it is UTF-8; else as it is.
[[nodiscard]] std::string composed(const std::string& text);

// What words of tables mean, in small or capital letters, with or without Vietnamese marks; nothing for
// another word. @pre the texts are NFC

/// yes/no, true/false, 1/0, có/không or co/khong.
[[nodiscard]] std::optional<bool> yes_or_no(const std::string& text);
/// up/down/unknown, on/off, hoạt động/mất sóng ...; an empty text is unknown.
[[nodiscard]] std::optional<Status> status_of(const std::string& text);
/// structure/power/transport/unknown, cột/điện/truyền dẫn/không rõ ...; an empty text is unattributed.
[[nodiscard]] std::optional<OutageCause> cause_of(const std::string& text);

/// What `status_of` and `cause_of` understand, for messages.
inline constexpr const char* status_words = "up, down or unknown";
inline constexpr const char* cause_words = "structure, power, transport or unknown";

}  // namespace phusong::io
