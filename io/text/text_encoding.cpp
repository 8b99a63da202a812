#include "io/text/text_encoding.hpp"

#include <iconv.h>
#include <utf8proc.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace phusong::io {

namespace {

bool to_utf8(std::string_view bytes, const std::string& encoding, std::string& out) {
    iconv_t converter = iconv_open("UTF-8", encoding.c_str());
    // NOLINTNEXTLINE(performance-no-int-to-ptr): iconv's own sign of failure
    if (converter == reinterpret_cast<iconv_t>(-1)) return false;
    std::string input{bytes};
    std::vector<char> buffer(bytes.size() * 4 + 16);
    char* from = input.data();
    std::size_t left = input.size();
    char* to = buffer.data();
    std::size_t room = buffer.size();
    bool good = iconv(converter, &from, &left, &to, &room) != static_cast<std::size_t>(-1);
    // Windows-1258 composes: the last letter waits inside the converter for a tone mark until it is told to
    // flush.
    good = iconv(converter, nullptr, nullptr, &to, &room) != static_cast<std::size_t>(-1) && good;
    iconv_close(converter);
    out.assign(buffer.data(), buffer.size() - room);
    return good;
}

/// @param options of utf8proc. @return nothing when the text is not UTF-8
std::optional<std::string> mapped(const std::string& utf8, int options) {
    utf8proc_uint8_t* image = nullptr;
    const utf8proc_ssize_t length = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(utf8.data()),
                                                 static_cast<utf8proc_ssize_t>(utf8.size()), &image,
                                                 static_cast<utf8proc_option_t>(options));
    const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owned{image, &std::free};
    if (length < 0) return std::nullopt;
    return std::string{reinterpret_cast<const char*>(image), static_cast<std::size_t>(length)};
}

}  // namespace

bool is_ascii(std::string_view bytes) {
    return std::all_of(bytes.begin(), bytes.end(),
                       [](char c) { return static_cast<unsigned char>(c) < 128; });
}

std::string wide_encoding(std::string_view start) {
    using namespace std::string_view_literals;
    if (start.starts_with("\xFF\xFE\0\0"sv) || start.starts_with("\0\0\xFE\xFF"sv)) return "UTF-32";
    if (start.starts_with("\xFF\xFE"sv) || start.starts_with("\xFE\xFF"sv)) return "UTF-16";
    // Without the mark: the first letters of a table or of JSON are ASCII, with zero bytes between them.
    if (start.size() < 4) return {};
    const auto zero = [&](std::size_t i) { return start[i] == '\0'; };
    const bool little = !zero(0) && zero(1) && !zero(2) && zero(3);
    const bool big = zero(0) && !zero(1) && zero(2) && !zero(3);
    return little || big ? "UTF-16" : "";
}

bool decode_text(std::string_view bytes, const std::string& encoding, std::string& out) {
    std::string utf8{bytes};
    if (!encoding.empty() && encoding != "UTF-8" && !to_utf8(bytes, encoding, utf8)) return false;
    if (is_ascii(utf8)) {
        out = std::move(utf8);
        return true;
    }
    std::optional<std::string> composed = mapped(utf8, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    if (!composed) return false;
    out = std::move(*composed);
    return true;
}

std::string small_letters(const std::string& text) {
    return mapped(text, UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD).value_or(text);
}

std::string encoding_named(const std::string& text) {
    std::string name;
    for (const char c : text) {
        const auto letter = static_cast<unsigned char>(c);
        if (std::isspace(letter) == 0) name += static_cast<char>(std::toupper(letter));
    }
    for (const std::string_view prefix : {"WINDOWS-", "ANSI", "CP"}) {
        if (name.rfind(prefix, 0) == 0 && name.size() > prefix.size()) {
            name = name.substr(prefix.size());
            break;
        }
    }
    const bool digits = !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
        return std::isdigit(static_cast<unsigned char>(c)) != 0;
    });
    if (name == "TCVN3" || name == "TCVN5712" || name == "ABC") return "TCVN";
    if (name == "65001" || name == "UTF8" || name == "UTF-8") return "UTF-8";
    if (digits && name.rfind("8859", 0) == 0 && name.size() > 4) return "ISO-8859-" + name.substr(4);
    return digits ? "CP" + name : name;
}

}  // namespace phusong::io
