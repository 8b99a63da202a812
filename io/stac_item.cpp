#include "io/stac_item.hpp"

#include <cpl_conv.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <ctime>
#include <nlohmann/json.hpp>
#include <string_view>
#include <utility>
#include <vector>

#include "io/result_tables.hpp"

namespace phusong::io {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::array<std::pair<std::string_view, const char*>, 7> media_types{
    {{".tif", "image/tiff; application=geotiff; profile=cloud-optimized"},
     {".gpkg", "application/geopackage+sqlite3"},
     {".geojson", "application/geo+json"},
     {".csv", "text/csv"},
     {".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
     {".pmtiles", "application/vnd.pmtiles"},
     {".qgz", "application/x-qgis"}}};

Json assets_in(const std::filesystem::path& folder) {
    std::vector<std::pair<std::string, const char*>> files;
    for (const auto& entry : std::filesystem::directory_iterator{folder}) {
        const std::string extension = entry.path().extension().string();
        for (const auto& [known, type] : media_types) {
            if (extension == known) files.emplace_back(entry.path().filename().string(), type);
        }
    }
    std::sort(files.begin(), files.end());
    Json assets = Json::object();
    for (const auto& [name, type] : files) {
        assets[name] = {{"href", "./" + name}, {"type", type}, {"roles", Json::array({"data"})}};
    }
    return assets;
}

std::string moment_text(double seconds) {
    const auto whole = static_cast<std::time_t>(std::floor(seconds));
    std::tm parts{};
    std::array<char, 40> text{};
    gmtime_r(&whole, &parts);
    std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts);
    return text.data();
}

std::string moment_of(const Study& study) {
    if (study.event && study.event->time) return moment_text(*study.event->time);
    return CPLGetConfigOption("OGR_CURRENT_DATE", "1970-01-01T00:00:00Z");
}

/// Of the study's grid, in degrees.
Extent degrees_of(const GridSpec& grid, const ToLonLat& to_lonlat) {
    const Extent map{grid.x_at(0), grid.y_at(grid.rows), grid.x_at(grid.columns), grid.y_at(0)};
    const Ring corners{
        {map.west, map.south}, {map.east, map.south}, {map.east, map.north}, {map.west, map.north}};
    return extent_of(to_lonlat(MultiPolygon{{PolygonPart{corners, {}}}}));
}

}  // namespace

std::string stac_item(const std::filesystem::path& folder, const Plan& plan, const std::string& crs,
                      const ToLonLat& to_lonlat, bool synthetic) {
    const GridSpec& grid = plan.study_grid;
    const Extent box = degrees_of(grid, to_lonlat);
    constexpr std::string_view registry = "EPSG:";
    Json json{{"type", "Feature"},
              {"stac_version", "1.0.0"},
              {"stac_extensions",
               Json::array({"https://stac-extensions.github.io/projection/v1.1.0/schema.json"})}};
    const std::string word = column_word(plan.study.name);
    json["id"] = "phusong-" + (word.empty() ? "study" : word);
    json["bbox"] = {box.west, box.south, box.east, box.north};
    const Json ring = Json::array({Json::array({box.west, box.south}), Json::array({box.east, box.south}),
                                   Json::array({box.east, box.north}), Json::array({box.west, box.north}),
                                   Json::array({box.west, box.south})});
    json["geometry"] = {{"type", "Polygon"}, {"coordinates", Json::array({ring})}};
    Json properties{{"datetime", moment_of(plan.study)}, {"title", plan.study.name}};
    properties["proj:epsg"] =
        crs.starts_with(registry) ? Json(std::stoi(crs.substr(registry.size()))) : Json();
    if (!crs.starts_with(registry)) properties["proj:wkt2"] = crs;
    properties["proj:shape"] = {grid.rows, grid.columns};
    properties["proj:transform"] = {grid.cell_width, 0, grid.origin_x, 0, -grid.cell_height, grid.origin_y};
    properties["phusong:synthetic"] = synthetic;
    json["properties"] = std::move(properties);
    json["links"] = Json::array();
    json["assets"] = assets_in(folder);
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace phusong::io
