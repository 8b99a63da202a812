#pragma once

#include "engine/sources.hpp"
#include "engine/study_result.hpp"
#include "engine/targets.hpp"
#include "io/table.hpp"

namespace phusong::io {

/// "XANH", "VÀNG", "ĐỎ" or "CẦN ĐO".
[[nodiscard]] const char* status_word(TargetStatus status);

/// Each commune by code, each province and everything against each target. Empty where the study has none.
[[nodiscard]] Table targets_table(const Plan& plan, const Sources& sources, const StudyResult& result);

}  // namespace phusong::io
