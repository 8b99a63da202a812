#include "tools/phusong/shard_flags.hpp"

#include <CLI/CLI.hpp>

namespace phusong::cli {

namespace {

constexpr const char* plan_examples = R"(Examples:
  phusong plan study.toml -o plan.json --shards 64
  phusong run-shard --plan plan.json --shard 17 -o parts/000017.part      (64 of these, on any machines)
  phusong merge --plan plan.json parts/*.part --out results
The results are byte for byte those of phusong run, whoever counted which shard, how often and in which order.)";

}  // namespace

void ShardFlags::add_to(CLI::App& app, StudyFlags& flags, std::string& study_file, const MapCommands& maps,
                        std::function<int()>& action) {
    CLI::App* plan_app =
        app.add_subcommand("plan", "cuts a run into shards that machines count on their own");
    plan_app->add_option("STUDY", study_file, "study file (TOML)");
    plan_app->add_option("-o,--out,--output", plan.run.out, "file for the plan (JSON)")->required();
    plan_app->add_option("--shards", plan.shards, "how many, of about equal cost; small studies have fewer")
        ->capture_default_str()
        ->check(CLI::Range(1, 1000000));
    plan_app->add_option("--slurm", plan.slurm,
                         "also a script that submits the shards and the merge to Slurm");
    plan_app->add_flag("--overwrite", plan.run.overwrite, "replace an older plan");
    plan_app->add_option("--service-raster", plan.run.service_raster,
                         "service.tif holds study_cells, population_share, or none is made");
    plan_app->add_flag("--distance", plan.run.distance,
                       "also distance.tif: metres to the nearest served cell");
    flags.add_to(*plan_app);
    plan_app->add_option("--memory", plan.run.memory_mib, "memory to aim at, in MiB")->capture_default_str();
    add_allow_remote(*plan_app, plan.run);
    plan_app->add_flag("-q,--quiet", plan.run.quiet, "no summary");
    plan_app->footer(plan_examples);
    plan_app->callback([this, &flags, &study_file, &maps, &action] {
        take_study(plan.run, study_file, flags);
        action = [this, &maps] { return maps.plan(plan); };
    });

    CLI::App* shard_app = app.add_subcommand("run-shard", "counts shards of a plan; again does no harm");
    shard_app->add_option("--plan", run_shard.plan, "file that phusong plan wrote")->required();
    shard_app->add_option("--shard", run_shard.shards, "number, or several: 0-7,12")->required();
    shard_app
        ->add_option("-o,--out,--output", run_shard.out,
                     "folder for the partial results, or for one shard a file that ends in .part; each "
                     "appears whole or "
                     "not at all")
        ->required();
    shard_app->add_option("--threads", run_shard.run.threads, "threads (default: one a processor)")
        ->check(CLI::Range(0, 1024));
    shard_app->add_option("--memory", run_shard.run.memory_mib, "memory to aim at, in MiB")
        ->capture_default_str();
    add_allow_remote(*shard_app, run_shard.run);
    shard_app->add_flag("-q,--quiet", run_shard.run.quiet, "no progress");
    shard_app->footer("Example:\n  phusong run-shard --plan plan.json --shard 17 -o 17.part");
    shard_app->callback(
        [this, &maps, &action] { action = [this, &maps] { return maps.run_shard(run_shard); }; });

    CLI::App* merge_app = app.add_subcommand("merge", "the results of a run from the shards of its plan");
    merge_app->add_option("--plan", merge.plan, "file that phusong plan wrote")->required();
    merge_app->add_option("PART", merge.parts, "partial results, in any order; one may come twice");
    merge_app
        ->add_option("-o,--out,--output", merge.run.out,
                     "folder for the results; appears whole or not at all")
        ->required();
    merge_app->add_flag("--overwrite", merge.run.overwrite, "replace an older result in that folder");
    add_run_options(*merge_app, merge.run);
    merge_app->footer(
        "Example:\n  phusong merge --plan plan.json parts/*.part --out results\n"
        "Exit code 4: partial results are missing, damaged or of another plan; nothing is written.");
    merge_app->callback([this, &maps, &action] { action = [this, &maps] { return maps.merge(merge); }; });
}

}  // namespace phusong::cli
