#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace phusong::io {

/// Names and texts that stand for them.
using QgisWords = std::vector<std::pair<std::string_view, std::string>>;

/// A file of io/qgis/templates as it was when phusong was built, with the words in the place of their names
/// (@NAME@), as they are: texts from outside go through `xml_text` first.
/// @pre the file is there and holds no name without a word
[[nodiscard]] std::string filled_template(std::string_view file, const QgisWords& words);

/// A text as XML holds it, in elements and attributes alike; control characters, which XML 1.0 cannot hold,
/// become the replacement character.
[[nodiscard]] std::string xml_text(std::string_view text);

}  // namespace phusong::io
