#include "io/text/garbled_text.hpp"

#include <utf8proc.h>

#include <cstddef>
#include <vector>

namespace phusong::io {

namespace {

std::vector<utf8proc_int32_t> letters_of(std::string_view text) {
    std::vector<utf8proc_int32_t> letters;
    const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
    auto left = static_cast<utf8proc_ssize_t>(text.size());
    while (left > 0) {
        utf8proc_int32_t letter = 0;
        const utf8proc_ssize_t used = utf8proc_iterate(bytes, left, &letter);
        if (used <= 0) return {};
        letters.push_back(letter);
        bytes += used;
        left -= used;
    }
    return letters;
}

bool is_one_of(utf8proc_int32_t letter, std::u32string_view set) {
    return set.find(static_cast<char32_t>(letter)) != std::u32string_view::npos;
}

bool is_plain_letter(utf8proc_int32_t letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z');
}

/// The first two bytes of a Vietnamese letter as Western text: "Ã£" for ã, "Æ°" for ư, "Ä‘" for đ, "áº" and
/// "á»" for the letters with two marks.
bool is_utf8_pair(utf8proc_int32_t first, utf8proc_int32_t second) {
    constexpr utf8proc_int32_t no_break_space = 0xa0;
    if (is_one_of(first, U"á")) return is_one_of(second, U"º»");
    if (is_one_of(first, U"Ä") && is_one_of(second, U"‘")) return true;
    const bool continues = second >= 0x80 && second <= 0xbf;
    return continues && is_one_of(first, U"ÂÃÄÅÆ") && (second != no_break_space || is_one_of(first, U"Ã"));
}

/// A vowel and what VNI writes behind it for a hat: no Vietnamese word has these two in a row.
bool is_vni_pair(utf8proc_int32_t first, utf8proc_int32_t second) {
    return (is_one_of(first, U"aeoAEO") && is_one_of(second, U"âÂ")) ||
           (is_one_of(first, U"aA") && is_one_of(second, U"êÊõÕùÙûÛøØïÏ"));
}

}  // namespace

std::string garbled_as(std::string_view text) {
    const std::vector<utf8proc_int32_t> letters = letters_of(text);
    for (std::size_t i = 0; i + 1 < letters.size(); ++i) {
        if (is_utf8_pair(letters[i], letters[i + 1])) return "UTF-8 that was read as Western text";
    }
    // Signs that TCVN3 fonts draw as letters, inside a word.
    for (std::size_t i = 1; i < letters.size(); ++i) {
        const bool joined =
            is_plain_letter(letters[i - 1]) || (i + 1 < letters.size() && is_plain_letter(letters[i + 1]));
        if (joined && is_one_of(letters[i], U"¡¢£¤¥¦§¨©ª«¬®¯µ¶·¸¹»¼½¾")) {
            return "text for TCVN3 (ABC) fonts";
        }
    }
    for (std::size_t i = 1; i < letters.size(); ++i) {
        if (is_vni_pair(letters[i - 1], letters[i])) return "text for VNI fonts";
    }
    return {};
}

}  // namespace phusong::io
