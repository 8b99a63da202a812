#pragma once

#include <string>

#include "engine/plan.hpp"
#include "engine/sources.hpp"
#include "engine/study_result.hpp"

namespace phusong::cli {

/// One line a definition, which adds up, and the dead zones of the first definition with most people. Empty
/// where the study looks for none.
[[nodiscard]] std::string dead_zones_text(const Plan& plan, const Sources& sources,
                                          const StudyResult& result);

}  // namespace phusong::cli
