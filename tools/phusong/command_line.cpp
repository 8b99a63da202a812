#include "tools/phusong/command_line.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <functional>
#include <iostream>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "tools/phusong/commands.hpp"
#include "tools/phusong/display.hpp"
#include "tools/phusong/exit_code.hpp"
#include "tools/phusong/shard_flags.hpp"
#include "tools/phusong/study_flags.hpp"
#include "tools/phusong/usage_json.hpp"

namespace phusong::cli {

namespace {

constexpr const char* run_examples = R"(Examples:
  phusong run study.toml --out results
  phusong run --communes communes.gpkg --population people.tif --coverage 4g=4g.tif --coverage 5g=5g.tif --out results
  phusong run --communes 'admin.gpkg[communes]' --code ma_xa --population 'pop.tif[1]' \
              --coverage 4g:Viettel=v.tif --coverage 4g:MobiFone=m.gpkg --out results --threads 4 --overwrite
A coverage raster given by flags holds 0 (unserved) and 1 (served); other rules are written in a study file.
Exit codes: 0 done, 1 refused input, 2 usage, 3 disk or permission, 4 out of memory or a limit,
5 results that contradict themselves, 130/143 stopped.)";

std::string version_text(const MapCommands& maps) {
    std::string text = "phusong " PHUSONG_VERSION;
    for (const auto& [name, version] : maps.versions())
        text.append("\n").append(name).append(" ").append(version);
    return text;
}

bool is_command(const CLI::App& app, std::string_view word) {
    const std::vector<const CLI::App*> commands =
        app.get_subcommands([](const CLI::App* /*any*/) { return true; });
    return std::any_of(commands.begin(), commands.end(),
                       [&](const CLI::App* command) { return command->check_name(std::string{word}); });
}

}  // namespace

int dispatch(int argc, char** argv, const MapCommands& maps) {
    CLI::App app{"phusong: who is covered, commune by commune, from one exact pass over the maps", "phusong"};
    app.require_subcommand(1);
    app.set_help_all_flag("--help-all", "help of all commands");
    app.add_flag_callback(
        "--version",
        [&maps] {
            std::cout << version_text(maps) << '\n';
            throw CLI::Success{};
        },
        "version of phusong and of the libraries that decide numbers, as it was built; a run's manifest.json "
        "names those that it ran with");

    std::function<int()> action;
    std::string study_file;
    StudyFlags flags;
    RunArguments run;

    app.add_flag_callback(
        "--json-usage",
        [&app] {
            std::cout << usage_json(app, PHUSONG_VERSION);
            throw CLI::Success{};
        },
        "this help for programs, as JSON");
    CLI::App* run_app = app.add_subcommand("run", "people covered per commune: tables, maps and a ledger");
    run_app->add_option("STUDY", study_file, "study file (TOML)")->type_name("FILE");
    run_app->add_option("-o,--out,--output", run.out, "folder for the results; appears whole or not at all")
        ->required()
        ->type_name("FOLDER");
    run_app->add_flag("--overwrite", run.overwrite,
                      "replace an older result in that folder, and in the database of --to-postgis");
    run_app->add_option("--service-raster", run.service_raster,
                        "service.tif holds study_cells, population_share, or none is made");
    add_output_options(*run_app, run);
    run_app
        ->add_option("--keep", run.keep,
                     "folder to keep the pass in, so that a run that was stopped goes on, and a change of an "
                     "input recounts only what it touches")
        ->type_name("FOLDER");
    run_app->add_flag("--resume", run.resume,
                      "take from that folder what still holds instead of counting it");
    flags.add_to(*run_app);
    add_run_options(*run_app, run);
    run_app->footer(run_examples);
    run_app->callback([&] {
        if (run.resume && run.keep.empty()) {
            throw CLI::ValidationError{"--resume goes on from the folder of a kept pass: add --keep FOLDER"};
        }
        take_study(run, study_file, flags);
        action = [&] { return maps.run(run); };
    });

    UpdateArguments update;
    CLI::App* update_app =
        app.add_subcommand("update", "the results of a kept pass anew, counting only where inputs changed");
    update_app->add_option("KEPT", update.kept, "folder that phusong run --keep was given")
        ->required()
        ->type_name("FOLDER");
    update_app->add_option("--study", update.study_file,
                           "study file (TOML) instead of the study that was kept");
    update_app
        ->add_option("--replace", update.replace,
                     "INPUT=FILE, another file for an input, from now on: 4g=new.tif, 4g:Viettel=v.tif, "
                     "after:4g=a.tif, damage=flood.gpkg, population=p.tif; once for each")
        ->expected(1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    update_app->add_option("-o,--out,--output", update.run.out,
                           "folder for the results (default: those of the kept pass are replaced)");
    update_app->add_flag("--overwrite", update.run.overwrite,
                         "replace an older result in the folder of --out");
    add_run_options(*update_app, update.run);
    update_app->footer(
        "Example:\n  phusong run study.toml --out results --keep kept\n"
        "  phusong update kept --replace 4g=4g-october.tif");
    update_app->callback([&] { action = [&] { return maps.update(update); }; });

    ShardFlags shards;
    shards.add_to(app, flags, study_file, maps, action);

    CLI::App* check_app = app.add_subcommand(
        "check", "reads headers and geometry and says all that would go wrong, a line each");
    check_app->add_option("STUDY", study_file, "study file (TOML)")->type_name("FILE");
    flags.add_to(*check_app);
    add_run_options(*check_app, run);
    check_app->footer("Example:\n  phusong check study.toml");
    check_app->callback([&] {
        take_study(run, study_file, flags);
        action = [&] { return maps.check(run); };
    });

    InitArguments init;
    CLI::App* init_app =
        app.add_subcommand("init", "writes a commented study file from files given as flags");
    flags.add_to(*init_app);
    init_app->add_option("-o,--out,--output", init.out, "study file to write (default: standard output)");
    init_app->footer(
        "Example:\n  phusong init --communes communes.gpkg --population people.tif --coverage 4g=4g.tif "
        "-o study.toml");
    init_app->callback([&] {
        init.study = flags.study();
        action = [&] { return init_command(init); };
    });

    std::string described;
    CLI::App* describe_app =
        app.add_subcommand("describe", "what phusong understands of a raster or vector file");
    describe_app->add_option("FILE", described, "file")->required()->type_name("FILE");
    describe_app->footer("Example:\n  phusong describe people.tif");
    describe_app->callback([&] { action = [&] { return maps.describe(described); }; });

    std::string verified;
    CLI::App* verify_app = app.add_subcommand(
        "verify", "whether results are what a run wrote: hashes, sums, and the same numbers in every file");
    verify_app->add_option("RESULTS", verified, "folder that a run wrote")->required()->type_name("FOLDER");
    verify_app->footer("Example:\n  phusong verify results\nExit code 5: a file was altered or damaged.");
    verify_app->callback([&] { action = [&] { return maps.verify(verified); }; });

    DrawArguments draw;
    CLI::App* draw_app = app.add_subcommand(
        "draw", "maps for slides, SVG and PNG: one for each technology, target and what an event did");
    draw_app->add_option("RESULTS", draw.results, "folder that a run wrote")->required();
    draw_app
        ->add_option("-o,--out,--output", draw.out,
                     "new folder for the pictures; appears whole or not at all")
        ->required();
    draw_app->add_option("--language", draw.language, "vi or en (default: the study's)")
        ->check(CLI::IsMember({"vi", "en"}));
    draw_app->add_option("--width", draw.width, "of the PNG files, in pixels")
        ->check(CLI::Range(160, 16000))
        ->capture_default_str();
    draw_app->footer("Example:\n  phusong draw results --out pictures --language en");
    draw_app->callback([&] { action = [&] { return maps.draw(draw); }; });

    WhatIfArguments what_if;
    CLI::App* whatif_app = app.add_subcommand(
        "whatif", "who would be in the dark if sites were off the air; reads results, writes nothing");
    whatif_app->add_option("RESULTS", what_if.results, "folder that a run of a study with an event wrote")
        ->required()
        ->type_name("FOLDER");
    whatif_app
        ->add_option("--down", what_if.down,
                     "CSV file: column id, optionally status (without it: down) and cause")
        ->required()
        ->type_name("FILE");
    whatif_app->add_option("--top", what_if.top, "communes to show")->capture_default_str();
    whatif_app->add_flag("--json", what_if.json, "a machine-readable answer");
    whatif_app->footer("Example:\n  phusong whatif results --down sites.csv");
    whatif_app->callback([&] { action = [&] { return whatif_command(what_if); }; });

    RestoreArguments restore;
    CLI::App* restore_app = app.add_subcommand(
        "restore", "in which order to repair damaged sites; reads results, writes nothing");
    restore_app->add_option("RESULTS", restore.results, "folder that a run of a study with an event wrote")
        ->required();
    const auto hours = CLI::Range(1.0 / 60, 24.0 * 366);
    restore_app->add_option("--crews", restore.crews, "crews that work side by side (default: the study's)")
        ->check(CLI::Range(1, 10000));
    restore_app->add_option("--site-hours", restore.site_hours, "work at a site that does not tell its own")
        ->check(hours);
    restore_app->add_option("--feeder-hours", restore.feeder_hours, "work until a power zone has power again")
        ->check(hours);
    restore_app
        ->add_option("--generator-hours", restore.generator_hours, "to bring a generator to a lone site")
        ->check(hours);
    restore_app
        ->add_option("--hour", restore.hour,
                     "when work starts, from the event's time (default: when most people are dark)")
        ->check(CLI::Range(0.0, 24.0 * 366));
    restore_app->add_option("--top", restore.top, "repairs to show")->capture_default_str();
    restore_app->add_flag("--json", restore.json, "a machine-readable answer with all repairs");
    restore_app->footer("Example:\n  phusong restore results --crews 12");
    restore_app->callback([&] { action = [&] { return restore_command(restore); }; });

    RolloutArguments rollout;
    CLI::App* rollout_app = app.add_subcommand(
        "rollout", "which sites to build for a budget, a number of sites or a level of the people");
    rollout_app->add_option("RESULTS", rollout.results, "folder that a run of a study with a rollout wrote")
        ->required();
    const auto costs = CLI::Range(0.0, 1e14);
    const auto percents = CLI::Range(1e-6, 100.0);
    rollout_app->add_option("--sites", rollout.sites, "how many may be built")->check(CLI::Range(0, 1000000));
    rollout_app->add_option("--budget", rollout.budget, "what may be spent, in the study's currency")
        ->check(costs);
    rollout_app->add_option("--percent", rollout.percent, "of the people, at least cost")->check(percents);
    rollout_app->add_option("--floor", rollout.floor_percent, "per cent of every commune's people as well")
        ->check(percents);
    rollout_app
        ->add_option("--satellite", rollout.satellite_cost_per_person,
                     "cost of a satellite terminal a person: from where on a site costs more")
        ->check(costs);
    rollout_app->add_option("--lp", rollout.lp, "new file for the question as a linear program (CPLEX LP)");
    rollout_app->add_option("-o,--out,--output", rollout.out,
                            "new folder for rollout.csv, rollout.geojson and cost_curve.csv");
    rollout_app->add_option("--top", rollout.top, "sites of each plan to show")->capture_default_str();
    rollout_app->add_flag("--json", rollout.json, "a machine-readable answer with all sites");
    rollout_app->footer(
        "Without --sites, --budget and --percent the study's own questions are answered.\nExamples:\n"
        "  phusong rollout results --percent 90\n"
        "  phusong rollout results --percent 90 --floor 50\n"
        "  phusong rollout results --budget 500 --out plan");
    rollout_app->callback([&] { action = [&] { return rollout_command(rollout); }; });

    if (const std::string_view word = argc > 1 ? argv[1] : "-";
        !word.starts_with('-') && !is_command(app, word)) {
        std::cerr << "phusong: there is no command '" << printable(std::string{word})
                  << "'; phusong --help lists them\n";
        return usage;
    }
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        const int code = app.exit(error);
        return code == 0 ? done : usage;
    }
    return action();
}

}  // namespace phusong::cli
