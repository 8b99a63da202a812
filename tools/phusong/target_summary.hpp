#pragma once

#include <string>

#include "engine/plan.hpp"
#include "engine/study_result.hpp"

namespace phusong::cli {

/// Each target of a study: how far everybody is from it, and how many communes and provinces of which
/// status. Empty where the study has none.
[[nodiscard]] std::string targets_text(const Plan& plan, const StudyResult& result);

}  // namespace phusong::cli
