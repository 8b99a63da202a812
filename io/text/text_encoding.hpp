#pragma once

#include <string>
#include <string_view>

namespace phusong::io {

/// Text of a file as UTF-8 in NFC ("Xã Mỹ Khánh" in 11 code points, not 13).
/// @param encoding iconv's name; empty: UTF-8
/// @return false when the bytes are not text in that encoding
[[nodiscard]] bool decode_text(std::string_view bytes, const std::string& encoding, std::string& out);

/// The same letters small, for comparing words: "CÓ" and "có" alike. @pre UTF-8
[[nodiscard]] std::string small_letters(const std::string& text);

/// What a .cpg file or a planner writes ("1258", "ANSI 1258", "windows-1258", "65001", "88591", "TCVN3") as
/// iconv knows it.
[[nodiscard]] std::string encoding_named(const std::string& text);

/// "UTF-16" or "UTF-32" when a file that begins so is text in that encoding, with or without a byte-order
/// mark; empty: neither.
[[nodiscard]] std::string wide_encoding(std::string_view start);

[[nodiscard]] bool is_ascii(std::string_view bytes);

}  // namespace phusong::io
