#pragma once

#include <string_view>

namespace phusong::io {

/// The files that a report is made of, as they lie beside this one in the source, in the library.
[[nodiscard]] std::string_view page_template();
[[nodiscard]] std::string_view page_style();
[[nodiscard]] std::string_view page_script();
/// JSON: language -> key -> words, with {0}, {1} for what is filled in.
[[nodiscard]] std::string_view page_words();

}  // namespace phusong::io
