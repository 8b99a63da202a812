#include <algorithm>
#include <iostream>
#include <thread>

#include "engine/errors.hpp"
#include "engine/run.hpp"
#include "io/files/checked_file.hpp"
#include "io/files/publisher.hpp"
#include "io/gdal/geopackage_sink.hpp"
#include "io/gdal/startup.hpp"
#include "io/open_sources.hpp"
#include "io/proj/transform.hpp"
#include "io/result_tables.hpp"
#include "io/service_map.hpp"
#include "io/text/csv.hpp"
#include "io/text/geojson.hpp"
#include "io/text/manifest.hpp"
#include "io/text/study_file.hpp"
#include "tools/phusong/commands.hpp"
#include "tools/phusong/exit_code.hpp"
#include "tools/phusong/progress.hpp"
#include "tools/phusong/stop_signals.hpp"
#include "tools/phusong/study_arguments.hpp"
#include "tools/phusong/summary.hpp"

namespace phusong::cli {

namespace {

void stop_if_asked() {
    if (stop_requested()) throw Cancelled{};
}

void write_text(const std::filesystem::path& path, const std::string& text) {
    io::CheckedFile file{path};
    file.write(text);
    file.finish();
}

void write_tables(const std::filesystem::path& folder, const Plan& plan, const Sources& sources,
                  const StudyResult& result) {
    const io::Table communes = io::communes_table(plan, sources, result);
    const io::Table provinces = io::provinces_table(plan, sources, result);
    io::write_csv(folder / "communes.csv", communes);
    io::write_csv(folder / "provinces.csv", provinces);
    io::write_csv(folder / "ledger.csv", io::ledger_table(plan, result));
    const io::Table shares = io::ledger_shares_table(plan, result);
    if (!shares.rows.empty()) io::write_csv(folder / "ledger_shares.csv", shares);
    stop_if_asked();

    io::Table on_globe = communes;
    const GridSpec& grid = plan.population_grid;
    const Extent area{grid.x_at(0), grid.y_at(grid.rows), grid.x_at(grid.columns), grid.y_at(0)};
    const io::ToLonLat to_lonlat{communes.crs, area};
    for (MultiPolygon& shape : on_globe.shapes) shape = to_lonlat(shape);
    io::write_geojson(folder / "communes.geojson", on_globe);
    stop_if_asked();
    const io::Table layers[] = {communes, provinces};
    io::write_geopackage(folder / "phusong.gpkg", layers);
}

}  // namespace

int run_command(const RunArguments& arguments) {
    io::start_gdal();
    const Study study = study_of(arguments);
    const std::size_t threads =
        arguments.threads > 0 ? arguments.threads : std::max(1U, std::thread::hardware_concurrency());
    const Sources sources = io::open_sources(study, open_options_of(arguments, study, threads));
    const Plan plan = make_plan(study, sources);
    refuse_output_over_inputs(study, arguments.out);
    io::Publisher publisher{arguments.out, arguments.overwrite ? io::Publisher::Existing::replace
                                                               : io::Publisher::Existing::refuse};
    const std::vector<io::InputFile> inputs = io::digest_inputs(study);
    stop_if_asked();

    io::ServiceMap map{plan, sources, publisher.stage() / "service.tif"};
    RunOptions options;
    options.threads = threads;
    options.cancel = &stop_requested();
    if (study.service_raster != ServiceRaster::none) {
        options.services = [&](const ServiceTile& tile) { map.write(tile); };
    }
    Progress progress{"counting people", arguments.quiet};
    options.progress = [&](std::size_t done_tiles, std::size_t all) { progress.update(done_tiles, all); };
    const StudyResult result = run(plan, sources, options);
    stop_if_asked();

    map.finish();
    write_tables(publisher.stage(), plan, sources, result);
    if (const std::string changed = io::changed_input(inputs); !changed.empty()) {
        throw InputError{"input '" + changed +
                         "' changed while the run read it; run again when nothing writes to it"};
    }
    write_text(publisher.stage() / "manifest.json",
               io::manifest_text(plan, sources, result, inputs, io::library_versions()));
    stop_if_asked();
    publisher.publish();

    if (arguments.json) {
        std::cout << io::summary_json(plan, sources, result, arguments.out);
    } else if (!arguments.quiet) {
        std::cout << summary_text(plan, sources, result, arguments.out);
    } else {
        std::cerr << problems_text(result.problems, result.problems.size());
    }
    std::cout.flush();
    if (!std::cout)
        throw StorageError{"the summary could not be written to standard output; the results are in '" +
                           arguments.out + "'"};
    return done;
}

}  // namespace phusong::cli
