#include "io/result_files.hpp"

#include <utility>
#include <vector>

#include "io/dead_zone_map.hpp"
#include "io/dead_zone_tables.hpp"
#include "io/files/checked_file.hpp"
#include "io/gdal/geopackage_sink.hpp"
#include "io/ledger_tables.hpp"
#include "io/result_tables.hpp"
#include "io/text/csv.hpp"
#include "io/text/geojson.hpp"

namespace phusong::io {

namespace {

void write_text(const std::filesystem::path& path, const std::string& text) {
    CheckedFile file{path};
    file.write(text);
    file.finish();
}

}  // namespace

void write_tables(const std::filesystem::path& folder, const Plan& plan, const Sources& sources,
                  const StudyResult& result, const Scratch& scratch, const std::function<void()>& between) {
    write_csv(folder / "ledger.csv", ledger_table(plan, result));
    const Table shares = ledger_shares_table(plan, result);
    if (!shares.rows.empty()) write_csv(folder / "ledger_shares.csv", shares);
    between();

    const ToLonLat to_lonlat = to_lonlat_of(plan, sources);
    const auto on_globe = [&](const MultiPolygon& shape) { return to_lonlat(shape); };
    std::vector<Table> tables;
    tables.push_back(communes_table(plan, sources, result));
    tables.push_back(provinces_table(plan, sources, result));
    if (!plan.dead_zones.empty()) {
        tables.push_back(dead_zones_table(plan, sources, result, scratch, to_lonlat));
        tables.push_back(dead_zones_summary_table(plan, sources, result));
        tables.push_back(dead_zone_communes_table(plan, sources, result));
        write_text(folder / "dead_zones.qml", dead_zones_style(plan));
    }
    for (const Table& table : tables) {
        write_csv(folder / (table.name + ".csv"), table);
        between();
        if (!table.shape_of) continue;
        write_geojson(folder / (table.name + ".geojson"), table, on_globe);
        between();
    }
    write_geopackage(folder / "phusong.gpkg", tables);
}

}  // namespace phusong::io
