#include "io/files/part_files.hpp"
#include "io/gdal/startup.hpp"
#include "io/text/shard_plan.hpp"
#include "tools/phusong/commands.hpp"
#include "tools/phusong/kept_pass.hpp"
#include "tools/phusong/run_study.hpp"
#include "tools/phusong/study_arguments.hpp"

namespace phusong::cli {

int merge_command(const MergeArguments& arguments) {
    io::start_gdal();
    const io::ShardPlan planned = io::read_shard_plan(arguments.plan);
    refuse_remote(planned.study, arguments.run.allow_remote);
    io::PartFiles parts{planned, arguments.parts};
    const auto pass = [&](const Plan& plan, const Sources& sources, RunOptions options,
                          const std::vector<io::InputFile>& inputs) {
        io::refuse_other_digests(planned, inputs);
        io::refuse_other_plan(planned, plan, pass_made_by());
        options.store = &parts;
        options.take_kept = true;
        options.inputs_are_known = true;
        return run(plan, sources, options);
    };
    return run_study(arguments.run, planned.study, planned.options, pass, [] {});
}

}  // namespace phusong::cli
