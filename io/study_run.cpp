#include "io/study_run.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>

#include "engine/errors.hpp"
#include "engine/event_archive.hpp"
#include "io/dead_zone_map.hpp"
#include "io/files/checked_file.hpp"
#include "io/files/publisher.hpp"
#include "io/gdal/postgis_sink.hpp"
#include "io/gdal/startup.hpp"
#include "io/output_over_inputs.hpp"
#include "io/people_dark_map.hpp"
#include "io/qgis/style.hpp"
#include "io/report/report.hpp"
#include "io/result_files.hpp"
#include "io/result_tables.hpp"
#include "io/service_map.hpp"
#include "io/text/manifest.hpp"
#include "io/text/postgis_name.hpp"
#include "io/text/remote_name.hpp"
#include "io/text/study_files.hpp"
#include "io/verify/saved_geopackage.hpp"

namespace phusong::io {

namespace {

void write_file(const std::filesystem::path& path, const std::string& text) {
    CheckedFile file{path};
    file.write(text);
    file.finish();
}

/// What `phusong whatif` reads.
void write_archive(const std::filesystem::path& path, const Plan& plan, const Sources& sources,
                   const StudyResult& result) {
    const std::vector<std::uint8_t> bytes = encode_archive(archive_of(plan, result, is_synthetic(sources)));
    write_file(path, std::string{bytes.begin(), bytes.end()});
}

/// The maps of service that a study asks for: before and, where it has an event, after it.
struct ServiceMaps {
    ServiceMap before;
    ServiceMap after;

    ServiceMaps(const Plan& plan, const Sources& sources, const std::filesystem::path& folder)
        : before{plan, sources, folder / "service.tif"},
          after{plan, sources, folder / "after.tif", ServiceMap::When::after_event} {}
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
    std::optional<DeadZoneMap> labels;
    std::optional<DistanceMap> distances;

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

/// The layers of the GeoPackage, in a transaction that still waits for its end.
std::optional<PostgisSink> write_database(const StudyRunOptions& how, const StudyRun& run,
                                          const std::filesystem::path& folder) {
    std::optional<PostgisSink> database;
    if (how.to_postgis.empty()) return database;
    database.emplace(without_password(how.to_postgis), schema_for(run.plan.study.name),
                     how.overwrite ? PostgisSink::Existing::replace : PostgisSink::Existing::refuse);
    for (Table& table : saved_geopackage(folder / "phusong.gpkg")) {
        if (table.name == layer_styles_name) continue;
        table.crs = table.point_of ? "EPSG:4326" : run.sources.population->description().crs;
        table.description = run.plan.study.name;
        if (is_synthetic(run.sources)) table.metadata.emplace_back("SYNTHETIC", "YES");
        database->write(table);
    }
    return database;
}

}  // namespace

std::unique_ptr<const StudyRun> run_into(const std::filesystem::path& folder, const Study& study,
                                         const StudyRunOptions& how) {
    const auto stop_if_asked = [&how] {
        if (how.cancel != nullptr && how.cancel->load()) throw Cancelled{};
    };
    std::vector<std::string> paths;
    for (const StudyFile& file : files_of(study)) {
        if (!names_remote(file.path)) paths.push_back(file.path);
    }
    refuse_output_over_inputs(folder, paths);
    // Before they are opened: what is read first, the communes, must be what the manifest names.
    std::vector<InputFile> inputs = seen_inputs(study);
    Sources opened = open_sources(study, how.open);
    Plan made = make_plan(study, opened, how.plan);
    std::unique_ptr<StudyRun> run{new StudyRun{std::move(made), std::move(opened), nullptr, {}}};
    const Plan& plan = run->plan;
    const Sources& sources = run->sources;
    Publisher publisher{folder, how.overwrite ? Publisher::Existing::replace : Publisher::Existing::refuse};
    digest_inputs(inputs);
    stop_if_asked();

    ServiceMaps maps{plan, sources, publisher.stage()};
    DeadZoneMaps dead_zone_maps{plan, sources, publisher.stage()};
    PeopleDarkMap dark_map{plan, sources, publisher.stage() / "people_dark.tif"};
    run->scratch = std::make_unique<ScratchFile>(publisher.stage());
    RunOptions options;
    options.scratch = run->scratch.get();
    dead_zone_maps.ask_for(options);
    dark_map.ask_for(options);
    options.threads = how.threads;
    options.cancel = how.cancel;
    if (study.service_raster != ServiceRaster::none) {
        options.services = [&](const ServiceTile& tile) { maps.write(tile); };
    }
    options.progress = how.progress;
    options.stage = how.stage;
    run->result = how.pass ? how.pass(plan, sources, options, inputs) : phusong::run(plan, sources, options);
    stop_if_asked();

    maps.finish();
    dead_zone_maps.finish();
    dark_map.finish();
    write_tables(publisher.stage(), plan, sources, run->result, *run->scratch, stop_if_asked);
    if (run->result.event) write_archive(publisher.stage() / "event.phusong", plan, sources, run->result);
    write_report(publisher.stage(),
                 manifest_text(plan, sources, run->result, inputs, {}, library_versions()));
    stop_if_asked();
    refuse_changed_inputs(inputs);
    write_file(publisher.stage() / "manifest.json",
               manifest_text(plan, sources, run->result, inputs, digest_outputs(publisher.stage()),
                             library_versions()));
    stop_if_asked();
    std::optional<PostgisSink> database = write_database(how, *run, publisher.stage());
    stop_if_asked();
    publisher.publish();
    if (database) database->commit();
    return run;
}

}  // namespace phusong::io
