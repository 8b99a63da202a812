#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <iostream>

#include "engine/errors.hpp"
#include "io/files/replace_file.hpp"
#include "io/gdal/startup.hpp"
#include "io/open_sources.hpp"
#include "io/study_run.hpp"
#include "io/text/remote_name.hpp"
#include "io/text/shard_plan.hpp"
#include "tools/phusong/commands.hpp"
#include "tools/phusong/exit_code.hpp"
#include "tools/phusong/kept_pass.hpp"
#include "tools/phusong/slurm_script.hpp"
#include "tools/phusong/study_arguments.hpp"

namespace phusong::cli {

namespace {

void refuse_existing(const std::string& path) {
    std::error_code error;
    if (!std::filesystem::exists(path, error)) return;
    throw StorageError{fmt::format("'{}' exists; add --overwrite to replace it, or name another file", path)};
}

std::string plan_summary(const io::ShardPlan& planned, const std::string& path) {
    double dearest = 0;
    for (const io::PlannedShard& shard : planned.shards) dearest = std::max(dearest, shard.cost);
    const std::size_t count = planned.shards.size();
    const char* const remote = io::has_remote_inputs(planned.study) ? " --allow-remote" : "";
    return fmt::format(
        "{} {} of {} tiles in '{}'; the dearest is guessed at {:.2f} times the mean\n"
        "count them:  phusong run-shard --plan {} --shard 0-{} -o FOLDER{}   (any machine, any order)\n"
        "then:        phusong merge --plan {} FOLDER/*.part --out results{}\n",
        count, count == 1 ? "shard" : "shards", planned.shards.back().tiles.end, path,
        dearest * static_cast<double>(count), path, count - 1, remote, path, remote);
}

}  // namespace

int plan_command(const PlanArguments& arguments) {
    io::start_gdal();
    const RunArguments& run = arguments.run;
    if (!run.overwrite) {
        refuse_existing(run.out);
        if (!arguments.slurm.empty()) refuse_existing(arguments.slurm);
    }
    const Study study = study_of(run);
    std::vector<io::InputFile> inputs = io::seen_inputs(study);
    const Sources sources = io::open_sources(study, open_options_of(run, study, 1));
    const PlanOptions options;
    const Plan plan = make_plan(study, sources, options);
    io::digest_inputs(inputs);
    const io::ShardPlan planned = io::plan_shards(plan, options, inputs, pass_made_by(), arguments.shards);
    io::refuse_changed_inputs(inputs);
    io::replace_file(run.out, io::shard_plan_text(planned));
    if (!arguments.slurm.empty()) {
        const std::string here = std::filesystem::current_path().string();
        io::replace_file(arguments.slurm,
                         slurm_script(run.out, here, planned.shards.size(), io::has_remote_inputs(study)));
    }
    if (!run.quiet) std::cout << plan_summary(planned, run.out) << std::flush;
    return done;
}

}  // namespace phusong::cli
