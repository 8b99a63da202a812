#include "io/report/report_data.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <set>
#include <string>

#include "io/report/svg_map.hpp"
#include "io/report/table_lookup.hpp"
#include "io/text/csv_reader.hpp"
#include "io/text/number.hpp"

namespace phusong::io {

namespace {

using OrderedJson = nlohmann::ordered_json;

/// More zones of a definition than a page shows: the tables hold the rest.
constexpr std::size_t most_zones = 50;
/// Of a curve: more than a chart has pixels for.
constexpr std::size_t most_points = 300;

/// Whole numbers without a decimal point: a page of a country has a million digits to spare.
OrderedJson json_of(const TableValue& value) {
    if (const auto* text = std::get_if<std::string>(&value)) return *text;
    if (const auto* whole = std::get_if<std::int64_t>(&value)) return *whole;
    const auto* real = std::get_if<double>(&value);
    if (real == nullptr || !std::isfinite(*real)) return nullptr;
    constexpr double exact_integers = 9007199254740992.0;
    if (*real == std::floor(*real) && std::abs(*real) < exact_integers)
        return static_cast<std::int64_t>(*real);
    return *real;
}

using Wanted = std::function<bool(const std::string&)>;

OrderedJson table_json(const Table& table, const Wanted& wanted_column,
                       const std::function<bool(std::size_t)>& wanted_row = {}) {
    std::vector<std::size_t> columns;
    OrderedJson json{{"columns", OrderedJson::array()}, {"rows", OrderedJson::array()}};
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
        if (!wanted_column(table.columns[c].name)) continue;
        columns.push_back(c);
        json["columns"].push_back(table.columns[c].name);
    }
    for (std::size_t row = 0; row < table.rows.size(); ++row) {
        if (wanted_row && !wanted_row(row)) continue;
        OrderedJson values = OrderedJson::array();
        for (const std::size_t c : columns) values.push_back(json_of(table.rows[row][c]));
        json["rows"].push_back(std::move(values));
    }
    return json;
}

Wanted only(std::set<std::string> names) {
    return [names = std::move(names)](const std::string& name) { return names.contains(name); };
}

Wanted commune_columns(const Table& communes) {
    std::set<std::string> names{"code",
                                "name",
                                "province",
                                "people",
                                "area_km2",
                                "no_mobile",
                                "no_mobile_unknown",
                                "no_service",
                                "no_service_unknown"};
    for (const std::string& word : technology_words(communes)) {
        for (const char* column : {"served", "unknown", "low_pct", "high_pct", "sampling_error_pct",
                                   "best_operator", "best_operator_low_pct"}) {
            names.insert(word + "_" + column);
        }
    }
    return [names = std::move(names)](const std::string& name) {
        const bool zones = name.ends_with("_dead_zones") || name.ends_with("_dead_zone_people");
        return names.contains(name) || (zones && name.find("_largest_") == std::string::npos);
    };
}

OrderedJson tables_json(const std::vector<Table>& tables) {
    OrderedJson json = OrderedJson::object();
    const Table* communes = table_named(tables, "communes");
    if (communes == nullptr) return json;
    const Wanted columns = commune_columns(*communes);
    const auto add = [&](const char* name, const Wanted& wanted,
                         const std::function<bool(const Table&, std::size_t)>& row = {}) {
        const Table* table = table_named(tables, name);
        if (table == nullptr) return;
        const auto wanted_row = [&](std::size_t at) { return !row || row(*table, at); };
        json[name] = table_json(*table, wanted, wanted_row);
    };
    add("communes", columns);
    add("provinces", columns);
    add("dead_zones_summary", [](const std::string&) { return true; });
    add("dead_zones",
        only({"definition", "rank", "people", "area_km2", "commune_names", "missing", "kind", "longitude",
              "latitude", "farthest_m"}),
        [](const Table& table, std::size_t row) {
            return number_at(table, row, column_of(table, "rank")).value_or(0) <= most_zones;
        });
    add("gaps", only({"rank", "code", "people_dark", "people_dark_low", "people_dark_high", "people_hours",
                      "rank_low", "rank_high", "in_top_ten"}));
    // Communes with what a card shows, and the whole of each target in full.
    const auto whole = [](const Table& table, std::size_t row) {
        return text_at(table, row, column_of(table, "code")) == "total";
    };
    std::set<std::string> codes;
    for (std::size_t row = 0; row < communes->rows.size(); ++row)
        codes.insert(text_at(*communes, row, column_of(*communes, "code")));
    add("targets", only({"target", "code", "short_of_target", "status"}),
        [&](const Table& table, std::size_t row) {
            return codes.contains(text_at(table, row, column_of(table, "code")));
        });
    if (const Table* targets = table_named(tables, "targets")) {
        json["target_totals"] =
            table_json(*targets,
                       only({"target", "technology", "rule", "target_pct", "deadline", "people", "served",
                             "low_pct", "high_pct", "short_of_target", "status"}),
                       [&](std::size_t row) { return whole(*targets, row); });
    }
    return json;
}

/// Every so-many-th point and the last.
OrderedJson thinned(const OrderedJson& points) {
    if (points.size() <= most_points) return points;
    const std::size_t step = points.size() / most_points + 1;
    OrderedJson fewer = OrderedJson::array();
    for (std::size_t i = 0; i < points.size(); i += step) fewer.push_back(points[i]);
    if ((points.size() - 1) % step != 0) fewer.push_back(points.back());
    return fewer;
}

/// Numbers of a CSV file's columns, of the rows of `code` where one is asked for; none where there is no
/// file.
OrderedJson csv_points(const std::filesystem::path& path, const std::vector<std::string>& columns,
                       const std::string& code) {
    OrderedJson points = OrderedJson::array();
    if (!std::filesystem::exists(path)) return points;
    const CsvTable table = read_csv(path.string());
    std::vector<std::size_t> places;
    places.reserve(columns.size());
    for (const std::string& column : columns) places.push_back(table.column(column));
    for (const CsvTable::Row& row : table.rows) {
        if (!code.empty() && row.cells[table.column("code")] != code) continue;
        OrderedJson point = OrderedJson::array();
        for (const std::size_t place : places) {
            std::string cell = row.cells[place];
            std::replace(cell.begin(), cell.end(), ',', '.');  // as Excel in Vietnam writes decimals
            const auto number = number_of(cell);
            point.push_back(number ? OrderedJson(*number) : OrderedJson(nullptr));
        }
        points.push_back(std::move(point));
    }
    return thinned(points);
}

OrderedJson cost_points(const std::vector<Table>& tables) {
    OrderedJson points = OrderedJson::array();
    const Table* curve = table_named(tables, "cost_curve");
    if (curve == nullptr) return points;
    const auto cost = column_of(*curve, "cost_so_far");
    const auto low = column_of(*curve, "low_pct");
    const auto high = column_of(*curve, "high_pct");
    for (std::size_t row = 0; row < curve->rows.size(); ++row) {
        const auto spent = number_at(*curve, row, cost);
        const auto from = number_at(*curve, row, low);
        if (!spent || !from) continue;
        points.push_back({*spent, *from, number_at(*curve, row, high).value_or(*from)});
    }
    return thinned(points);
}

}  // namespace

nlohmann::ordered_json report_data(const std::filesystem::path& folder, const std::vector<Table>& tables,
                                   const nlohmann::json& manifest, const MapDrawing& drawing,
                                   const std::vector<Measure>& measures) {
    OrderedJson json;
    json["language"] = manifest.at("study").value("report_language", "vi");
    json["study"] = manifest.at("study").at("name");
    json["synthetic"] = manifest.at("study").at("synthetic_inputs");
    const Table* communes = table_named(tables, "communes");
    json["technologies"] = communes != nullptr ? technology_words(*communes) : std::vector<std::string>{};
    json["hatch"] = units_per_pixel(drawing.frame);
    json["statuses"] = status_words();
    json["status_marks"] = status_marks();
    json["status_colours"] = colours_of(Measure::Kind::status);
    json["measures"] = OrderedJson::array();
    for (const Measure& measure : measures) {
        const char* kind = measure.kind == Measure::Kind::percent  ? "percent"
                           : measure.kind == Measure::Kind::people ? "people"
                                                                   : "status";
        json["measures"].push_back({{"id", measure.id},
                                    {"kind", kind},
                                    {"subject", measure.subject},
                                    {"breaks", measure.breaks},
                                    {"colours", colours_of(measure.kind)},
                                    {"classes", measure.classes}});
    }
    json["overlays"] = OrderedJson::array();
    for (std::size_t i = 0; i < drawing.overlays.size(); ++i) {
        json["overlays"].push_back({{"number", i},
                                    {"definition", drawing.overlays[i].definition},
                                    {"lost", drawing.overlays[i].lost_in_event}});
    }
    json["places"] = OrderedJson::array();
    for (const auto& place : drawing.label_places)
        json["places"].push_back(place ? OrderedJson{place->x, place->y} : OrderedJson(nullptr));
    json["tables"] = tables_json(tables);
    json["curves"]["dark"] =
        csv_points(folder / "people_dark_over_time.csv",
                   {"hours", "people_dark", "people_dark_low", "people_dark_high"}, "total");
    json["curves"]["restoration"] = csv_points(
        folder / "restoration_curve.csv",
        {"hours", "people_served", "people_served_low", "people_served_median", "people_served_high"}, "");
    json["curves"]["cost"] = cost_points(tables);
    nlohmann::json facts = manifest;
    facts.erase("outputs");
    facts.erase("manifest_sha256");
    json["manifest"] = facts;
    return json;
}

}  // namespace phusong::io
