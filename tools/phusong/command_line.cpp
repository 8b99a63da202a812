#include "tools/phusong/command_line.hpp"

#include <CLI/CLI.hpp>

#include <functional>
#include <iostream>
#include <memory>

#include "engine/errors.hpp"
#include "io/gdal/startup.hpp"
#include "io/text/file_argument.hpp"
#include "tools/phusong/commands.hpp"
#include "tools/phusong/exit_code.hpp"

namespace phusong::cli {

namespace {

constexpr const char* run_examples = R"(Examples:
  phusong run study.toml --out results
  phusong run --communes communes.gpkg --population people.tif --coverage 4g=4g.tif --coverage 5g=5g.tif --out results
  phusong run --communes 'admin.gpkg[communes]' --code ma_xa --population 'pop.tif[1]' \
              --coverage 4g:Viettel=v.tif --coverage 4g:MobiFone=m.gpkg --out results --threads 4 --overwrite
A coverage raster given by flags holds 0 (unserved) and 1 (served); other rules are written in a study file.
Exit codes: 0 done, 1 refused input, 2 usage, 3 disk or permission, 4 out of memory or a limit, 130/143 stopped.)";

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
    std::int32_t refine = 0;

    void add_to(CLI::App& app) {
        app.add_option("--communes", communes, "commune polygons, 'file' or 'file[layer]'");
        app.add_option("--communes-crs", communes_crs,
                       "CRS of communes whose file carries none, such as EPSG:4326");
        app.add_option("--code", code, "commune field with the official code");
        app.add_option("--name", name, "commune field with the name");
        app.add_option("--province", province, "commune field with the province");
        app.add_option("--population", population, "population raster, 'file' or 'file[band]'");
        app.add_flag("--density", density, "the raster holds people per km2 instead of people per cell");
        app.add_option("--adjust-to", adjust_to,
                       "commune field with the official number of people to rake to");
        app.add_option("--coverage", coverage,
                       "TECHNOLOGY=FILE or TECHNOLOGY:OPERATOR=FILE, raster or polygons; once for each layer")
            ->expected(1)
            ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
        app.add_option("--refine", refine,
                       "parts per population cell side (chosen by phusong when not given)");
    }

    [[nodiscard]] bool any() const { return !communes.empty() || !population.empty() || !coverage.empty(); }

    [[nodiscard]] Study study() const {
        if (communes.empty() || population.empty() || coverage.empty()) {
            throw CLI::ValidationError{
                "give a study file, or all of --communes, --population and --coverage"};
        }
        Study study;
        study.name = "phusong";
        const auto file = [](const std::string& text) {
            const io::FileArgument argument = io::parse_file_argument(text);
            FileLayer layer;
            layer.path = argument.path;
            io::set_bracket(layer, argument.bracket);
            return layer;
        };
        study.communes = {file(communes), code, name, province};
        study.communes.file.crs = communes_crs;
        study.population.file = file(population);
        study.population.values =
            density ? PopulationInput::Values::people_per_km2 : PopulationInput::Values::people_per_cell;
        study.population.adjust_to = adjust_to;
        if (refine > 0) study.refine = refine;
        for (const std::string& text : coverage) {
            const std::size_t equals = text.find('=');
            if (equals == std::string::npos || equals == 0 || equals + 1 == text.size()) {
                throw CLI::ValidationError{"--coverage " + text +
                                           ": write TECHNOLOGY=FILE, such as 4g=4g.tif"};
            }
            CoverageInput input;
            const std::string label = text.substr(0, equals);
            const std::size_t colon = label.find(':');
            input.technology = label.substr(0, colon);
            if (colon != std::string::npos) input.operator_name = label.substr(colon + 1);
            input.file = file(text.substr(equals + 1));
            study.coverage.push_back(std::move(input));
        }
        return study;
    }
};

void add_run_options(CLI::App& app, RunArguments& run) {
    app.add_option("--threads", run.threads, "threads (default: one a processor)");
    app.add_option("--memory", run.memory_mib, "memory to aim at, in MiB")->capture_default_str();
    app.add_flag("-q,--quiet", run.quiet, "no progress and no summary");
    app.add_flag("--json", run.json, "a machine-readable summary on standard output");
}

void take_study(RunArguments& run, const std::string& study_file, const StudyFlags& flags) {
    if (!study_file.empty() && flags.any()) {
        throw CLI::ValidationError{"give a study file or flags for the inputs, not both"};
    }
    if (!study_file.empty()) {
        run.study_file = study_file;
    } else {
        run.study = flags.study();
    }
}

std::string version_text() {
    std::string text = "phusong " PHUSONG_VERSION;
    for (const auto& [name, version] : io::library_versions())
        text.append("\n").append(name).append(" ").append(version);
    return text;
}

}  // namespace

int dispatch(int argc, char** argv) {
    CLI::App app{"phusong: who is covered, commune by commune, from one exact pass over the maps", "phusong"};
    app.require_subcommand(1);
    app.set_help_all_flag("--help-all", "help of all commands");
    app.add_flag_callback(
        "--version",
        [] {
            std::cout << version_text() << '\n';
            throw CLI::Success{};
        },
        "version of phusong and of the libraries that decide numbers");

    std::function<int()> action;
    std::string study_file;
    StudyFlags flags;
    RunArguments run;

    CLI::App* run_app = app.add_subcommand("run", "people covered per commune: tables, maps and a ledger");
    run_app->add_option("STUDY", study_file, "study file (TOML)");
    run_app->add_option("-o,--out,--output", run.out, "folder for the results; appears whole or not at all")
        ->required();
    run_app->add_flag("--overwrite", run.overwrite, "replace an older result in that folder");
    run_app->add_option("--service-raster", run.service_raster,
                        "service.tif holds study_cells, population_share, or none is made");
    flags.add_to(*run_app);
    add_run_options(*run_app, run);
    run_app->footer(run_examples);
    run_app->callback([&] {
        take_study(run, study_file, flags);
        action = [&] { return run_command(run); };
    });

    CLI::App* check_app = app.add_subcommand(
        "check", "reads headers and geometry and says all that would go wrong, a line each");
    check_app->add_option("STUDY", study_file, "study file (TOML)");
    flags.add_to(*check_app);
    add_run_options(*check_app, run);
    check_app->footer("Example:\n  phusong check study.toml");
    check_app->callback([&] {
        take_study(run, study_file, flags);
        action = [&] { return check_command(run); };
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
    describe_app->add_option("FILE", described, "file")->required();
    describe_app->footer("Example:\n  phusong describe people.tif");
    describe_app->callback([&] { action = [&] { return describe_command(described); }; });

    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        const int code = app.exit(error);
        return code == 0 ? done : usage;
    }
    return action();
}

}  // namespace phusong::cli
