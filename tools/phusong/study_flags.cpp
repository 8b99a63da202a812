#include "tools/phusong/study_flags.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <utility>

#include "io/text/file_argument.hpp"
#include "tools/phusong/commands.hpp"

namespace phusong::cli {

namespace {

FileLayer file_of(const std::string& text) {
    const io::FileArgument argument = io::parse_file_argument(text);
    FileLayer layer;
    layer.path = argument.path;
    io::set_bracket(layer, argument.bracket);
    return layer;
}

PlacesInput places_of(const std::string& text) {
    PlacesInput input;
    input.file = file_of(text);
    return input;
}

}  // namespace

void StudyFlags::add_to(CLI::App& app) {
    app.add_option("--communes", communes, "commune polygons, 'file' or 'file[layer]'");
    app.add_option("--communes-crs", communes_crs,
                   "CRS of communes whose file carries none, such as EPSG:4326");
    app.add_option("--code", code, "commune field with the official code");
    app.add_option("--name", name, "commune field with the name");
    app.add_option("--province", province, "commune field with the province");
    app.add_option("--population", population, "population raster, 'file' or 'file[band]'");
    app.add_flag("--density", density, "the raster holds people per km2 instead of people per cell");
    app.add_option("--adjust-to", adjust_to, "commune field with the official number of people to rake to");
    app.add_option("--coverage", coverage,
                   "TECHNOLOGY=FILE or TECHNOLOGY:OPERATOR=FILE, raster or polygons; once for each layer")
        ->expected(1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    app.add_option("--refine", refine, "parts per population cell side (chosen by phusong when not given)");
    app.add_option("--settlements", settlements,
                   "points of settlements, 'file' or 'file[layer]'; CSV with lon and lat, too");
    app.add_option("--sites", sites, "points of sites (masts), the same");
}

bool StudyFlags::any() const {
    const std::string* const files[] = {&communes, &population, &settlements, &sites};
    return !coverage.empty() || std::any_of(std::begin(files), std::end(files),
                                            [](const std::string* file) { return !file->empty(); });
}

Study StudyFlags::study() const {
    if (communes.empty() || population.empty() || coverage.empty()) {
        throw CLI::ValidationError{"give a study file, or all of --communes, --population and --coverage"};
    }
    Study study;
    study.name = "phusong";
    study.communes = {file_of(communes), code, name, province};
    study.communes.file.crs = communes_crs;
    study.population.file = file_of(population);
    study.population.values =
        density ? PopulationInput::Values::people_per_km2 : PopulationInput::Values::people_per_cell;
    study.population.adjust_to = adjust_to;
    if (refine > 0) study.refine = refine;
    for (const std::string& text : coverage) {
        const std::size_t equals = text.find('=');
        if (equals == std::string::npos || equals == 0 || equals + 1 == text.size()) {
            throw CLI::ValidationError{"--coverage " + text + ": write TECHNOLOGY=FILE, such as 4g=4g.tif"};
        }
        CoverageInput input;
        const std::string label = text.substr(0, equals);
        const std::size_t colon = label.find(':');
        input.technology = label.substr(0, colon);
        if (colon != std::string::npos) input.operator_name = label.substr(colon + 1);
        input.file = file_of(text.substr(equals + 1));
        study.coverage.push_back(std::move(input));
    }
    if (!settlements.empty()) study.settlements = places_of(settlements);
    if (!sites.empty()) study.sites = places_of(sites);
    return study;
}

void add_allow_remote(CLI::App& app, RunArguments& run) {
    app.add_flag("--allow-remote", run.allow_remote,
                 "the study may name databases (PG:...) and objects of stores (/vsis3/bucket/people.tif)");
}

void add_run_options(CLI::App& app, RunArguments& run) {
    app.add_option("--threads", run.threads, "threads (default: one a processor)")
        ->check(CLI::Range(0, 1024));
    app.add_option("--memory", run.memory_mib, "memory to aim at, in MiB")
        ->capture_default_str()
        ->check(CLI::Range(1, 1 << 24));
    app.add_option("--progress", run.progress, "json: on standard error for programs, an object a line")
        ->check(CLI::IsMember({"auto", "json"}))
        ->capture_default_str();
    app.add_flag("-q,--quiet", run.quiet, "no progress and no summary");
    app.add_flag("--json", run.json, "a machine-readable summary on standard output");
    add_allow_remote(app, run);
}

void add_output_options(CLI::App& app, RunArguments& run) {
    app.add_flag("--distance", run.distance, "also distance.tif: metres to the nearest served cell");
    app.add_option("--csv-dialect", run.csv_dialect,
                   "excel-vi: CSV files with semicolons and decimal commas, for Excel in Vietnam")
        ->check(CLI::IsMember({"rfc", "excel-vi"}));
    app.add_flag("--pmtiles", run.web_tiles, "also phusong.pmtiles: communes and dead zones for web maps");
    app.add_option("--to-postgis", run.to_postgis,
                   "the tables also into schema phusong_STUDY of a database, 'PG:host=... dbname=...'");
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

}  // namespace phusong::cli
