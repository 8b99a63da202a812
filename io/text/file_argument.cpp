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
    if (names_postgis(argument.path)) {
        argument.path = without_password(argument.path);
        return argument;
    }
    // A name is short and plain, so that paths with colons stay paths.
    const std::size_t colon = argument.path.find(':');
    if (colon != std::string::npos && colon > 0 && colon + 1 < argument.path.size()) {
        const std::string name = argument.path.substr(0, colon);
        const bool plain = std::all_of(name.begin(), name.end(), [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
        });
        if (plain) {
            argument.name = name;
            argument.path = argument.path.substr(colon + 1);
        }
    }
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
