#include "io/gdal/web_tiles.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <nlohmann/json.hpp>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "io/files/checked_file.hpp"
#include "io/files/pmtiles.hpp"
#include "io/gdal/geopackage_sink.hpp"
#include "io/gdal/startup.hpp"
#include "io/verify/whole_file.hpp"

namespace phusong::io {

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr int coarsest_zoom = 4;
constexpr int finest_zoom = 10;

bool is_shown(const Table& table, const std::string& column) {
    constexpr std::array<std::string_view, 11> always{"code",       "name",      "province",     "people",
                                                      "definition", "rank",      "id",           "area_km2",
                                                      "missing",    "synthetic", "commune_names"};
    if (std::find(always.begin(), always.end(), column) != always.end()) return true;
    // Of a technology as a whole: "4g_low_pct" beside "4g_area_low_pct".
    const std::size_t stem = column.ends_with("_low_pct")    ? column.size() - 8
                             : column.ends_with("_high_pct") ? column.size() - 9
                                                             : std::string::npos;
    return stem != std::string::npos &&
           std::any_of(table.columns.begin(), table.columns.end(), [&](const TableColumn& other) {
               return other.name == column.substr(0, stem) + "_area_low_pct";
           });
}

Table shown_part(const Table& table, const ToLonLat& to_lonlat) {
    Table part = table;
    part.columns.clear();
    part.metadata.clear();
    part.shape_of = [&table, &to_lonlat](std::size_t row) { return to_lonlat(table.shape_of(row)); };
    part.crs = "EPSG:4326";
    for (auto& row : part.rows) row.clear();
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
        if (!is_shown(table, table.columns[c].name)) continue;
        part.columns.push_back(table.columns[c]);
        for (std::size_t row = 0; row < table.rows.size(); ++row)
            part.rows[row].push_back(table.rows[row][c]);
    }
    return part;
}

const char* web_type(TableColumn::Kind kind) {
    return kind == TableColumn::Kind::text ? "String" : "Number";
}

std::string metadata_of(std::span<const Table> tables, const std::string& name) {
    Json json{{"name", name}, {"format", "pbf"}, {"vector_layers", Json::array()}};
    for (const Table& table : tables) {
        Json fields = Json::object();
        for (const TableColumn& column : table.columns) fields[column.name] = web_type(column.kind);
        json["vector_layers"].push_back(
            {{"id", table.name}, {"fields", fields}, {"minzoom", coarsest_zoom}, {"maxzoom", finest_zoom}});
    }
    return json.dump();
}

int number_in(const std::string& text) {
    int number = -1;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

/// All z/x/y.pbf of a folder.
std::vector<WebTile> tiles_in(const fs::path& folder) {
    std::vector<WebTile> tiles;
    for (const auto& entry : fs::recursive_directory_iterator{folder}) {
        const fs::path& path = entry.path();
        if (path.extension() != ".pbf") continue;
        const int y = number_in(path.stem().string());
        const int x = number_in(path.parent_path().filename().string());
        const int zoom = number_in(path.parent_path().parent_path().filename().string());
        if (x < 0 || y < 0 || zoom < 0) continue;
        tiles.push_back({static_cast<std::uint8_t>(zoom), static_cast<std::uint32_t>(x),
                         static_cast<std::uint32_t>(y), whole_file(path)});
    }
    return tiles;
}

WebTileBounds bounds_of(const Table& communes) {
    WebTileBounds bounds{180, 85, -180, -85};
    for (std::size_t row = 0; row < communes.rows.size(); ++row) {
        const MultiPolygon shape = communes.shape_of(row);
        if (shape.parts.empty()) continue;
        const Extent extent = extent_of(shape);
        bounds = {std::min(bounds.west, extent.west), std::min(bounds.south, extent.south),
                  std::max(bounds.east, extent.east), std::max(bounds.north, extent.north)};
    }
    return bounds;
}

}  // namespace

void write_web_tiles(const fs::path& path, std::span<const Table> tables, const std::string& name,
                     const ToLonLat& to_lonlat) {
    start_gdal();
    const fs::path folder = path.string() + ".tiles";
    std::error_code ignored;
    try {
        std::vector<Table> shown;
        for (const Table& table : tables) {
            if (table.name == "communes" || table.name == "dead_zones")
                shown.push_back(shown_part(table, to_lonlat));
        }
        write_tile_folder(folder, shown, coarsest_zoom, finest_zoom);
        CheckedFile file{path};
        file.write(pmtiles_of(tiles_in(folder), bounds_of(shown.front()), metadata_of(shown, name)));
        file.finish();
    } catch (...) {
        fs::remove_all(folder, ignored);
        throw;
    }
    fs::remove_all(folder, ignored);
}

}  // namespace phusong::io
