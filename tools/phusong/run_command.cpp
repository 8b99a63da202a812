#include <algorithm>
#include <cstdint>
#include <iostream>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "engine/errors.hpp"
#include "engine/event_archive.hpp"
#include "engine/run.hpp"
#include "io/dead_zone_map.hpp"
#include "io/files/checked_file.hpp"
#include "io/files/publisher.hpp"
#include "io/files/scratch_file.hpp"
#include "io/gdal/startup.hpp"
#include "io/open_sources.hpp"
#include "io/people_dark_map.hpp"
#include "io/result_files.hpp"
#include "io/result_tables.hpp"
#include "io/service_map.hpp"
#include "io/text/manifest.hpp"
#include "io/text/study_file.hpp"
#include "tools/phusong/commands.hpp"
#include "tools/phusong/exit_code.hpp"
#include "tools/phusong/kept_pass.hpp"
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

/// What `phusong whatif` reads.
void write_archive(const std::filesystem::path& path, const Plan& plan, const Sources& sources,
                   const StudyResult& result) {
    const std::vector<std::uint8_t> bytes =
        encode_archive(archive_of(plan, result, io::is_synthetic(sources)));
    write_text(path, std::string{bytes.begin(), bytes.end()});
}

/// The maps of service that a study asks for: before and, where it has an event, after it.
struct ServiceMaps {
    io::ServiceMap before;
    io::ServiceMap after;

    ServiceMaps(const Plan& plan, const Sources& sources, const std::filesystem::path& folder)
        : before{plan, sources, folder / "service.tif"},
          after{plan, sources, folder / "after.tif", io::ServiceMap::When::after_event} {}
    void write(const ServiceTile& tile) {
        before.write(tile);
        after.write(tile);
    }
    void finish() {
        before.finish();
        after.finish();
    }
};

/// The rasters of dead zones that a study asks for.
struct DeadZoneMaps {
    std::optional<io::DeadZoneMap> labels;
    std::optional<io::DistanceMap> distances;

    DeadZoneMaps(const Plan& plan, const Sources& sources, const std::filesystem::path& folder) {
        if (plan.dead_zones.empty()) return;
        labels.emplace(plan, sources, folder / "dead_zones.tif");
        if (plan.study.distance_raster) distances.emplace(plan, sources, folder / "distance.tif");
    }
    void ask_for(RunOptions& options) {
        if (labels) {
            options.labels = [this](std::size_t definition, Window window,
                                    std::span<const std::uint32_t> ids) {
                labels->write(definition, window, ids);
            };
        }
        if (distances) {
            options.distances = [this](std::size_t definition, std::int32_t row,
                                       std::span<const float> metres) {
                distances->write(definition, row, metres);
            };
        }
    }
    void finish() {
        if (labels) labels->finish();
        if (distances) distances->finish();
    }
};

}  // namespace

int run_command(const RunArguments& arguments) {
    io::start_gdal();
    return run_study(arguments, study_of(arguments));
}

int run_study(const RunArguments& arguments, const Study& study) {
    const std::size_t threads =
        arguments.threads > 0 ? arguments.threads : std::max(1U, std::thread::hardware_concurrency());
    // Before they are opened: what is read first, the communes, must be what the manifest names.
    std::vector<io::InputFile> inputs = io::seen_inputs(study);
    const Sources sources = io::open_sources(study, open_options_of(arguments, study, threads));
    const Plan plan = make_plan(study, sources);
    refuse_output_over_inputs(arguments, study);
    io::Publisher publisher{arguments.out, arguments.overwrite ? io::Publisher::Existing::replace
                                                               : io::Publisher::Existing::refuse};
    io::digest_inputs(inputs);
    stop_if_asked();
    KeptPass kept{arguments, study, inputs};

    ServiceMaps maps{plan, sources, publisher.stage()};
    DeadZoneMaps dead_zone_maps{plan, sources, publisher.stage()};
    io::PeopleDarkMap dark_map{plan, sources, publisher.stage() / "people_dark.tif"};
    io::ScratchFile scratch{publisher.stage()};
    RunOptions options;
    options.scratch = &scratch;
    dead_zone_maps.ask_for(options);
    dark_map.ask_for(options);
    options.threads = threads;
    options.cancel = &stop_requested();
    if (study.service_raster != ServiceRaster::none) {
        options.services = [&](const ServiceTile& tile) { maps.write(tile); };
    }
    Progress progress{"counting people", arguments.quiet};
    options.progress = [&](std::size_t done_tiles, std::size_t all) { progress.update(done_tiles, all); };
    options.stage = [&](const char* what) { progress.say(what); };
    const StudyResult result = kept.run(plan, sources, options);
    stop_if_asked();

    maps.finish();
    dead_zone_maps.finish();
    dark_map.finish();
    io::write_tables(publisher.stage(), plan, sources, result, scratch, stop_if_asked);
    if (result.event) write_archive(publisher.stage() / "event.phusong", plan, sources, result);
    refuse_changed_inputs(inputs);
    write_text(publisher.stage() / "manifest.json",
               io::manifest_text(plan, sources, result, inputs, io::digest_outputs(publisher.stage()),
                                 io::library_versions()));
    stop_if_asked();
    publisher.publish();
    kept.finish();

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
