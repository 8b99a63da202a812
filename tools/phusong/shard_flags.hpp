#pragma once

#include <functional>
#include <string>

#include "tools/phusong/commands.hpp"
#include "tools/phusong/study_flags.hpp"

namespace CLI {
class App;
}  // namespace CLI

namespace phusong::cli {

/// The commands that share a run out to machines: plan, run-shard, merge.
struct ShardFlags {
    PlanArguments plan;
    RunShardArguments run_shard;
    MergeArguments merge;

    /// @param action what is to be done is put there; all outlive the parse
    void add_to(CLI::App& app, StudyFlags& flags, std::string& study_file, const MapCommands& maps,
                std::function<int()>& action);
};

}  // namespace phusong::cli
