#pragma once

#include <string>
#include <vector>

#include "engine/study.hpp"

namespace phusong::io {

/// Everything that would stop `open_sources`, a sentence each, where that stops at the first: the population,
/// the communes, every layer, the settlements and the sites are tried on their own. Empty when a run can
/// start.
[[nodiscard]] std::vector<std::string> check_sources(const Study& study);

}  // namespace phusong::io
