#include "io/text/file_argument.hpp"

#include <algorithm>
#include <cstddef>

#include "io/text/postgis_name.hpp"

namespace phusong::io {

FileArgument parse_file_argument(const std::string& text) {
    FileArgument argument;
    argument.path = text;
    if (!text.empty() && text.back() == ']') {
        const std::size_t open = text.rfind('[');
        if (open != std::string::npos && open > 0) {
            argument.bracket = text.substr(open + 1, text.size() - open - 2);
            argument.path = text.substr(0, open);
        }
    }
    if (names_postgis(argument.path)) argument.path = without_password(argument.path);
    return argument;
}

void set_bracket(FileLayer& file, const std::string& bracket) {
    if (bracket.empty()) return;
    if (bracket.size() < 6 &&
        std::all_of(bracket.begin(), bracket.end(), [](char c) { return c >= '0' && c <= '9'; })) {
        file.band = std::stoi(bracket);
    } else {
        file.layer = bracket;
    }
}

}  // namespace phusong::io
