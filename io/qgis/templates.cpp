#include "io/qgis/templates.hpp"

#include <algorithm>
#include <cassert>

#include "io/qgis/shipped_templates.hpp"

namespace phusong::io {

std::string filled_template(std::string_view file, const QgisWords& words) {
    const auto shipped = shipped_templates();
    const auto found = std::find_if(shipped.begin(), shipped.end(),
                                    [&](const ShippedTemplate& one) { return one.name == file; });
    assert(found != shipped.end());
    std::string text;
    std::string_view rest = found->text;
    // Once from the front: a word that looks like a name stays what it is.
    for (std::size_t open = rest.find('@'); open != std::string_view::npos; open = rest.find('@')) {
        const std::string_view name = rest.substr(open + 1, rest.find('@', open + 1) - open - 1);
        const auto word =
            std::find_if(words.begin(), words.end(), [&](const auto& pair) { return pair.first == name; });
        assert(word != words.end());
        text.append(rest.substr(0, open)).append(word->second);
        rest.remove_prefix(open + name.size() + 2);
    }
    return text.append(rest);
}

std::string xml_text(std::string_view text) {
    std::string safe;
    for (const char c : text) {
        switch (c) {
            case '&':
                safe += "&amp;";
                break;
            case '<':
                safe += "&lt;";
                break;
            case '>':
                safe += "&gt;";
                break;
            case '"':
                safe += "&quot;";
                break;
            default:
                if (static_cast<unsigned char>(c) < 0x20U) {
                    safe += "\uFFFD";
                } else {
                    safe += c;
                }
        }
    }
    return safe;
}

}  // namespace phusong::io
