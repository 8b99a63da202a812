#pragma once

#include <functional>

#include "engine/plan.hpp"
#include "engine/study.hpp"
#include "io/study_run.hpp"
#include "tools/phusong/commands.hpp"

namespace phusong::cli {

/// Runs a study, shows what came of it, and returns the exit code.
/// @param pass as of StudyRunOptions
/// @param published called once the results are there
int run_study(const RunArguments& arguments, const Study& study, const PlanOptions& plan_options,
              decltype(io::StudyRunOptions::pass) pass, const std::function<void()>& published);

}  // namespace phusong::cli
