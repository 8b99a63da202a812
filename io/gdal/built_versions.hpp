#pragma once

#include <string>
#include <utility>
#include <vector>

namespace phusong::io {

/// Name and version of each library that decides a result, as this was compiled with it: asking the libraries
/// themselves, as `library_versions` does, means loading them.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> built_versions();

}  // namespace phusong::io
