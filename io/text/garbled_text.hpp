#pragma once

#include <string>
#include <string_view>

namespace phusong::io {

/// Names whose letters are right in another encoding only: UTF-8 read as Western text ("XÃ£ TÃ¢y"), and the
/// font encodings of before Unicode, TCVN3 ("X· T©y") and VNI ("Xaõ Taây").
/// @return what it looks like, in words; empty when it looks well. @pre UTF-8 in NFC
[[nodiscard]] std::string garbled_as(std::string_view text);

}  // namespace phusong::io
