#include "io/report/wording.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstdint>
#include <nlohmann/json.hpp>

#include "io/report/page_parts.hpp"

namespace phusong::io {

namespace {

const nlohmann::json& all_words() {
    static const nlohmann::json words = nlohmann::json::parse(page_words());
    return words;
}

}  // namespace

std::string Wording::word(const std::string& key, std::initializer_list<std::string> filled) const {
    std::string text = all_words().at(language_).value(key, key);
    std::size_t number = 0;
    for (const std::string& value : filled) {
        const std::string mark = "{" + std::to_string(number++) + "}";
        if (const std::size_t at = text.find(mark); at != std::string::npos)
            text.replace(at, mark.size(), value);
    }
    return text;
}

std::string Wording::technology(const std::string& technology) const {
    const std::string key = "technology_" + technology;
    if (all_words().at(language_).contains(key)) return word(key);
    if (technology.size() == 2 && technology[0] >= '0' && technology[0] <= '9' && technology[1] == 'g')
        return {technology[0], 'G'};
    return technology;
}

std::string Wording::whole(double number) const {
    std::string digits = std::to_string(static_cast<std::int64_t>(std::llround(number)));
    for (std::size_t at = digits.size(); at > 3;) {
        at -= 3;
        digits.insert(at, 1, language_ == "vi" ? '.' : ',');
    }
    return digits;
}

}  // namespace phusong::io
