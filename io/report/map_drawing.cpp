#include "io/report/map_drawing.hpp"

#include <algorithm>
#include <utility>

#include "io/report/table_lookup.hpp"

namespace phusong::io {

namespace {

/// Points that a page of three megabytes bears: some 5 bytes each.
constexpr std::size_t most_commune_points = 130000;
constexpr std::size_t most_zone_points = 40000;
/// A quarter of a pixel on a map of 1000: nobody sees less.
constexpr std::int32_t finest_tolerance = 4;

std::size_t points_of(const SharedArcs& arcs) {
    std::size_t points = 0;
    for (const auto& shape : arcs.shapes) {
        for (const SharedArcs::Path& path : shape) {
            for (const SharedArcs::Step step : path) points += arcs.arcs[step.arc].size() - 1;
        }
    }
    return points;
}

/// Coarser and coarser, until the drawing is small enough or coarser would help no more.
void simplify_until(SharedArcs& arcs, std::size_t most_points) {
    for (std::int32_t tolerance = finest_tolerance; tolerance <= 128; tolerance *= 2) {
        simplify(arcs, tolerance);
        if (points_of(arcs) <= most_points) return;
    }
}

std::optional<DrawnPoint> label_place(const DrawnShape& shape) {
    if (shape.rings.empty()) return std::nullopt;
    const DrawnRing& largest = *std::max_element(
        shape.rings.begin(), shape.rings.end(),
        [](const auto& a, const auto& b) { return std::abs(twice_area(a)) < std::abs(twice_area(b)); });
    auto [left, top] = largest.front();
    DrawnPoint low{left, top};
    DrawnPoint high{left, top};
    for (const DrawnPoint point : largest) {
        low = {std::min(low.x, point.x), std::min(low.y, point.y)};
        high = {std::max(high.x, point.x), std::max(high.y, point.y)};
    }
    return DrawnPoint{(low.x + high.x) / 2, (low.y + high.y) / 2};
}

void draw_communes(const Table& table, MapDrawing& drawing) {
    std::vector<DrawnShape> shapes;
    std::vector<std::size_t> rows;
    for (std::size_t row = 0; table.shape_of && row < table.rows.size(); ++row) {
        DrawnShape shape = drawing.frame.shape(table.shape_of(row));
        if (shape.rings.empty()) continue;
        shapes.push_back(std::move(shape));
        rows.push_back(row);
    }
    SharedArcs arcs = cut_into_arcs(shapes);
    simplify_until(arcs, most_commune_points);
    shapes = shapes_of(arcs);
    drawing.communes.resize(table.rows.size());
    drawing.label_places.resize(table.rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        drawing.communes[rows[i]] = path_data(shapes[i]);
        drawing.label_places[rows[i]] = label_place(shapes[i]);
    }
    drawing.boundary = path_data(boundary_of(arcs));
}

void draw_overlays(const Table& zones, MapDrawing& drawing) {
    const auto definition = column_of(zones, "definition");
    const auto cause = column_of(zones, "cause");
    if (!definition || !zones.shape_of) return;
    std::vector<std::pair<MapDrawing::Overlay, std::vector<DrawnShape>>> overlays;
    for (std::size_t row = 0; row < zones.rows.size(); ++row) {
        const std::string name = text_at(zones, row, definition);
        if (overlays.empty() || overlays.back().first.definition != name)
            overlays.push_back({{name, text_at(zones, row, cause) == "lost_in_event", ""}, {}});
        DrawnShape shape = drawing.frame.shape(zones.shape_of(row));
        if (!shape.rings.empty()) overlays.back().second.push_back(std::move(shape));
    }
    for (auto& [overlay, shapes] : overlays) {
        SharedArcs arcs = cut_into_arcs(shapes);
        simplify_until(arcs, most_zone_points / overlays.size());
        DrawnShape all;
        for (DrawnShape& shape : shapes_of(arcs)) {
            for (DrawnRing& ring : shape.rings) all.rings.push_back(std::move(ring));
        }
        overlay.path = path_data(all);
        drawing.overlays.push_back(std::move(overlay));
    }
}

/// A number behind another: its own sign separates them, or a blank.
void append(std::string& text, std::int32_t number) {
    if (number >= 0) text += ' ';
    text += std::to_string(number);
}

}  // namespace

std::string path_data(const DrawnShape& shape) {
    std::string text;
    for (const DrawnRing& ring : shape.rings) {
        text += 'M' + std::to_string(ring.front().x);
        append(text, ring.front().y);
        for (std::size_t i = 1; i < ring.size(); ++i) {
            const std::int32_t dx = ring[i].x - ring[i - 1].x;
            const std::int32_t dy = ring[i].y - ring[i - 1].y;
            if (i == 1) {
                text += 'l' + std::to_string(dx);
            } else {
                append(text, dx);
            }
            append(text, dy);
        }
        text += 'z';
    }
    return text;
}

MapDrawing draw_map(const std::vector<Table>& tables, bool geographic) {
    MapDrawing drawing;
    const Table* communes = table_named(tables, "communes");
    if (communes == nullptr) return drawing;
    drawing.frame = frame_around(*communes, geographic);
    draw_communes(*communes, drawing);
    if (const Table* zones = table_named(tables, "dead_zones")) draw_overlays(*zones, drawing);
    return drawing;
}

}  // namespace phusong::io
