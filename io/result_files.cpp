#include "io/result_files.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/rollout_archive.hpp"
#include "io/dead_zone_tables.hpp"
#include "io/event_tables.hpp"
#include "io/files/checked_file.hpp"
#include "io/gdal/geopackage_sink.hpp"
#include "io/gdal/web_tiles.hpp"
#include "io/hardening_table.hpp"
#include "io/impact_table.hpp"
#include "io/ledger_tables.hpp"
#include "io/qgis/project.hpp"
#include "io/qgis/style.hpp"
#include "io/ranking_tables.hpp"
#include "io/restoration_tables.hpp"
#include "io/result_tables.hpp"
#include "io/rollout_tables.hpp"
#include "io/stac_item.hpp"
#include "io/targets_table.hpp"
#include "io/text/csv.hpp"
#include "io/text/geojson.hpp"
#include "io/workbook.hpp"

namespace phusong::io {

namespace {

void write_text(const std::filesystem::path& path, const std::string& text) {
    CheckedFile file{path};
    file.write(text);
    file.finish();
}

/// What an event adds: CSV files of all, and those with shapes also as GeoJSON and as layers.
void write_event_tables(const std::filesystem::path& folder, const Plan& plan, const Sources& sources,
                        const StudyResult& result, const ToLonLat& to_lonlat,
                        const std::function<void()>& between, std::vector<Table>& layers) {
    const auto on_globe = [&](const MultiPolygon& shape) { return to_lonlat(shape); };
    const auto write = [&](const Table& table) {
        write_csv(folder / (table.name + ".csv"), table, plan.study.csv_dialect);
        between();
    };
    const EventResult& event = *result.event;
    const SiteHomes homes = site_homes(*plan.event, event.fates, event.sets, plan.zones.size());
    write(impact_table(plan, sources, result, homes));
    write(transitions_table(plan, sources, result));
    write(people_dark_over_time_table(plan, sources, result));
    if (!plan.event->sites.sites.empty()) write(site_outages_table(plan, sources, result, homes, to_lonlat));
    layers.push_back(impact_layer(plan, sources, result, homes));
    write_geojson(folder / "impact.geojson", layers.back(), on_globe);
    between();
    Table ranking = ranking_table(plan, sources, result, homes);
    write(ranking);
    write_geojson(folder / "ranking.geojson", ranking, on_globe);
    between();
    ranking.name = "gaps";
    layers.push_back(std::move(ranking));
    if (event.hardening) {
        layers.push_back(hardening_table(plan, sources, result, to_lonlat));
        write(layers.back());
        write_geojson(folder / "hardening.geojson", layers.back());
        between();
    }
    if (!event.restoration) return;
    write(restoration_curve_table(plan, sources, result));
    layers.push_back(restoration_table(plan, sources, result, homes, to_lonlat));
    write(layers.back());
    write_geojson(folder / "restoration.geojson", layers.back(), {});
    between();
}

/// The plans of a rollout, which are the same as those of a saved run.
void write_rollout(const std::filesystem::path& folder, const Plan& plan, const Sources& sources,
                   const StudyResult& result, const ToLonLat& to_lonlat, const std::function<void()>& between,
                   std::vector<Table>& layers) {
    const RolloutArchive archive = rollout_archive_of(plan, result, is_synthetic(sources),
                                                      [&](Point place) { return to_lonlat(place); });
    const std::vector<std::uint8_t> bytes = encode_rollout(archive);
    write_text(folder / "rollout.phusong", std::string{bytes.begin(), bytes.end()});
    between();
    layers.push_back(rollout_table(archive, result.rollout->plans));
    write_csv(folder / "rollout.csv", layers.back(), plan.study.csv_dialect);
    write_geojson(folder / "rollout.geojson", layers.back());
    between();
    layers.push_back(cost_curve_table(archive, result.rollout->plans));
    write_csv(folder / "cost_curve.csv", layers.back(), plan.study.csv_dialect);
    between();
}

/// What people open as a spreadsheet, each under the name of its CSV file.
std::vector<Table> sheets_of(std::vector<Table> layers) {
    constexpr std::array<std::string_view, 9> wanted{"communes",   "provinces", "targets",
                                                     "dead_zones", "ranking",   "restoration",
                                                     "hardening",  "rollout",   "cost_curve"};
    for (Table& layer : layers) {
        if (layer.name == "gaps") layer.name = "ranking";
    }
    std::vector<Table> sheets;
    for (const std::string_view name : wanted) {
        const auto layer = std::find_if(layers.begin(), layers.end(),
                                        [&](const Table& table) { return table.name == name; });
        if (layer == layers.end() || (name == "provinces" && layer->rows.size() < 2)) continue;
        sheets.push_back(std::move(*layer));
    }
    return sheets;
}

}  // namespace

void write_tables(const std::filesystem::path& folder, const Plan& plan, const Sources& sources,
                  const StudyResult& result, const Scratch& scratch, const std::function<void()>& between) {
    write_csv(folder / "ledger.csv", ledger_table(plan, result), plan.study.csv_dialect);
    const Table shares = ledger_shares_table(plan, result);
    if (!shares.rows.empty()) write_csv(folder / "ledger_shares.csv", shares, plan.study.csv_dialect);
    between();

    const ToLonLat to_lonlat = to_lonlat_of(plan, sources);
    const auto on_globe = [&](const MultiPolygon& shape) { return to_lonlat(shape); };
    std::vector<Table> tables;
    tables.push_back(communes_table(plan, sources, result));
    tables.push_back(provinces_table(plan, result, is_synthetic(sources)));
    if (!plan.dead_zones.empty()) {
        tables.push_back(dead_zones_table(plan, sources, result, scratch, to_lonlat));
        tables.push_back(dead_zones_summary_table(plan, result, is_synthetic(sources)));
        tables.push_back(dead_zone_communes_table(plan, sources, result));
    }
    if (!plan.study.targets.empty()) tables.push_back(targets_table(plan, sources, result));
    for (const Table& table : tables) {
        write_csv(folder / (table.name + ".csv"), table, plan.study.csv_dialect);
        between();
        if (!table.shape_of) continue;
        write_geojson(folder / (table.name + ".geojson"), table, on_globe);
        between();
    }
    if (result.event) write_event_tables(folder, plan, sources, result, to_lonlat, between, tables);
    if (result.rollout) write_rollout(folder, plan, sources, result, to_lonlat, between, tables);
    write_qgis_files(folder, plan, tables, sources.population->description().crs, is_synthetic(sources));
    between();
    if (plan.study.web_tiles) {
        write_web_tiles(folder / "phusong.pmtiles", tables, plan.study.name, to_lonlat);
        between();
    }
    tables.push_back(layer_styles_table(tables));
    write_geopackage(folder / "phusong.gpkg", tables);
    between();
    write_workbook(folder / "phusong.xlsx", sheets_of(std::move(tables)));
    write_text(folder / "stac-item.json", stac_item(folder, plan, sources.population->description().crs,
                                                    to_lonlat, is_synthetic(sources)));
}

}  // namespace phusong::io
