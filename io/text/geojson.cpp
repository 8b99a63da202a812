#include "io/text/geojson.hpp"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <string>

#include "io/files/checked_file.hpp"
#include "io/text/number.hpp"

namespace phusong::io {

namespace {

std::string json_text(const std::string& text) {
    // Invalid UTF-8 becomes the replacement character: no reader is handed bytes that are not text.
    return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

/// Readers guess a field's type from its text: a real stays one even where every value happens to be whole.
std::string real_text(double number) {
    std::string text = shortest(number);
    if (text.find_first_of(".e") == std::string::npos) text += ".0";
    return text;
}

std::string value_text(const TableValue& value) {
    if (const auto* text = std::get_if<std::string>(&value)) return json_text(*text);
    if (const auto* whole = std::get_if<std::int64_t>(&value)) return std::to_string(*whole);
    if (const auto* number = std::get_if<double>(&value))
        return std::isfinite(*number) ? real_text(*number) : "null";
    return "null";
}

double signed_area(const Ring& ring) {
    double sum = 0;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const Point& a = ring[i];
        const Point& b = ring[(i + 1) % ring.size()];
        sum += (a.x - ring[0].x) * (b.y - ring[0].y) - (b.x - ring[0].x) * (a.y - ring[0].y);
    }
    return sum;
}

/// 7 decimals of a degree are 1 cm.
std::string coordinate(double degrees) {
    return shortest(std::round(degrees * 1e7) / 1e7);
}

std::string ring_text(Ring ring, bool counter_clockwise) {
    // Closed first: a ring begins at the same corner whether or not its last point was left out.
    if (!ring.empty() && !(ring.front() == ring.back())) ring.push_back(ring.front());
    if ((signed_area(ring) > 0) != counter_clockwise) std::reverse(ring.begin(), ring.end());
    std::string text = "[";
    for (const Point& point : ring) {
        if (text.size() > 1) text += ',';
        text += '[' + coordinate(point.x) + ',' + coordinate(point.y) + ']';
    }
    return text + ']';
}

std::string shape_text(const MultiPolygon& shape) {
    if (shape.parts.empty()) return "null";
    std::string text = R"({"type":"MultiPolygon","coordinates":[)";
    bool first = true;
    for (const PolygonPart& part : shape.parts) {
        text += (first ? "[" : ",[") + ring_text(part.shell, true);
        for (const Ring& hole : part.holes) text += ',' + ring_text(hole, false);
        text += ']';
        first = false;
    }
    return text + "]}";
}

std::string geometry_text(const Table& table, std::size_t row,
                          const std::function<MultiPolygon(const MultiPolygon&)>& to_lonlat) {
    if (table.point_of) {
        const Point place = table.point_of(row);
        return R"({"type":"Point","coordinates":[)" + coordinate(place.x) + "," + coordinate(place.y) + "]}";
    }
    MultiPolygon shape;
    if (table.shape_of) shape = table.shape_of(row);
    if (to_lonlat) shape = to_lonlat(shape);
    return shape_text(shape);
}

}  // namespace

std::string geojson_opening(const Table& table) {
    std::string text = "{\"type\":\"FeatureCollection\",\"name\":" + json_text(table.name);
    for (const auto& [key, value] : table.metadata) text += "," + json_text(key) + ":" + json_text(value);
    return text + ",\"features\":[\n";
}

std::vector<std::string> geojson_pieces(const Table& table, std::size_t row,
                                        const std::function<MultiPolygon(const MultiPolygon&)>& to_lonlat) {
    std::vector<std::string> pieces;
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
        pieces.push_back((c == 0 ? R"({"type":"Feature","properties":{)" : ",") +
                         json_text(table.columns[c].name) + ":" + value_text(table.rows[row][c]));
    }
    pieces.push_back("},\"geometry\":" + geometry_text(table, row, to_lonlat) +
                     (row + 1 < table.rows.size() ? "},\n" : "}\n"));
    return pieces;
}

void write_geojson(const std::filesystem::path& path, const Table& table,
                   const std::function<MultiPolygon(const MultiPolygon&)>& to_lonlat) {
    CheckedFile file{path};
    file.write(geojson_opening(table));
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
        for (const std::string& piece : geojson_pieces(table, i, to_lonlat)) file.write(piece);
    }
    file.write(geojson_closing);
    file.finish();
}

}  // namespace phusong::io
