#pragma once

#include <cstddef>
#include <string>

#include "engine/plan.hpp"
#include "engine/sources.hpp"
#include "engine/study_result.hpp"

namespace phusong::cli {

/// What a planner reads in the terminal after a run: each technology, dead zones, an event, the communes
/// with the lowest coverage, what is uncertain, the problems, and the ledger's balance.
[[nodiscard]] std::string summary_text(const Plan& plan, const Sources& sources, const StudyResult& result,
                                       const std::string& output_folder);

/// One line each, people last; long lists end with how many more there are.
[[nodiscard]] std::string problems_text(const Problems& problems, std::size_t most);

}  // namespace phusong::cli
