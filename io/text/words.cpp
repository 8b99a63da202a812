#include "io/text/words.hpp"

#include <algorithm>
#include <initializer_list>

#include "io/text/text_encoding.hpp"

namespace phusong::io {

namespace {

bool any_of(const std::string& word, std::initializer_list<std::string_view> words) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

std::string word_in(const std::string& text) {
    return small_letters(trimmed(text));
}

}  // namespace

std::string trimmed(const std::string& text) {
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    if (first == std::string::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

std::vector<std::string> split(const std::string& text, std::string_view separators) {
    std::vector<std::string> parts;
    std::size_t begin = 0;
    while (begin <= text.size()) {
        const std::size_t end = std::min(text.find_first_of(separators, begin), text.size());
        std::string part = trimmed(text.substr(begin, end - begin));
        if (!part.empty()) parts.push_back(std::move(part));
        begin = end + 1;
    }
    return parts;
}

std::string composed(const std::string& text) {
    std::string out;
    return decode_text(text, "", out) ? out : text;
}

std::optional<bool> yes_or_no(const std::string& text) {
    const std::string word = word_in(text);
    if (any_of(word, {"yes", "true", "1", "có", "co"})) return true;
    if (any_of(word, {"no", "false", "0", "không", "khong"})) return false;
    return std::nullopt;
}

std::optional<Status> status_of(const std::string& text) {
    const std::string word = word_in(text);
    if (any_of(word, {"up", "on", "on air", "hoạt động", "hoat dong", "bình thường", "binh thuong"})) {
        return Status::up;
    }
    if (any_of(word, {"down", "off", "off air", "mất sóng", "mat song", "mất liên lạc", "mat lien lac",
                      "hỏng", "hong", "ngừng hoạt động", "ngung hoat dong"})) {
        return Status::down;
    }
    if (any_of(word, {"", "unknown", "không rõ", "khong ro", "chưa rõ", "chua ro"})) return Status::unknown;
    return std::nullopt;
}

std::optional<OutageCause> cause_of(const std::string& text) {
    const std::string word = word_in(text);
    if (any_of(word, {"structure", "cột", "cot", "đổ cột", "do cot", "gãy cột", "gay cot", "thiết bị",
                      "thiet bi", "kết cấu", "ket cau"})) {
        return OutageCause::structure;
    }
    if (any_of(word, {"power", "điện", "dien", "mất điện", "mat dien", "nguồn", "nguon"})) {
        return OutageCause::power;
    }
    if (any_of(word, {"transport", "backhaul", "truyền dẫn", "truyen dan", "mất truyền dẫn", "mat truyen dan",
                      "đứt cáp", "dut cap", "cáp quang", "cap quang"})) {
        return OutageCause::transport;
    }
    if (any_of(word, {"", "unknown", "unattributed", "không rõ", "khong ro", "chưa rõ", "chua ro"})) {
        return OutageCause::unattributed;
    }
    return std::nullopt;
}

}  // namespace phusong::io
