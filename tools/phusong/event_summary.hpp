#pragma once

#include <string>

#include "engine/plan.hpp"
#include "engine/study_result.hpp"

namespace phusong::cli {

/// What the event of a study did: people who lost mobile service and for how long, why, what roaming would
/// save, the communes most in need, and what of it was observed. Empty where the study has no event.
[[nodiscard]] std::string event_text(const Plan& plan, const StudyResult& result);

}  // namespace phusong::cli
