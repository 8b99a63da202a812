#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/study.hpp"

namespace CLI {
class App;
}  // namespace CLI

namespace phusong::cli {

/// Inputs as flags, the same for run, check and init.
struct StudyFlags {
    std::string communes;
    std::string code;
    std::string name;
    std::string province;
    std::string communes_crs;
    std::string population;
    bool density = false;
    std::string adjust_to;
    std::vector<std::string> coverage;
    std::int32_t refine = 0;  ///< 0: chosen by the plan
    std::string settlements;
    std::string sites;

    void add_to(CLI::App& app);
    /// Whether an input is given.
    [[nodiscard]] bool any() const;
    /// @throws CLI::ValidationError when they make no study
    [[nodiscard]] Study study() const;
};

struct RunArguments;

void add_allow_remote(CLI::App& app, RunArguments& run);

/// How to go about it: threads, memory, what is shown.
void add_run_options(CLI::App& app, RunArguments& run);

/// Where results go beside the folder, and in which form.
void add_output_options(CLI::App& app, RunArguments& run);

/// The study of a command: a file, or flags. @throws CLI::ValidationError when both are given, or neither
void take_study(RunArguments& run, const std::string& study_file, const StudyFlags& flags);

}  // namespace phusong::cli
