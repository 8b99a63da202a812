#include "io/qgis/project.hpp"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "io/files/checked_file.hpp"
#include "io/files/zip_file.hpp"
#include "io/qgis/style.hpp"
#include "io/qgis/templates.hpp"
#include "io/result_tables.hpp"
#include "io/text/number.hpp"

namespace phusong::io {

namespace {

namespace fs = std::filesystem;

/// In the order in which the layers lie upon one another.
struct Group {
    const char* name;
    bool visible;
    std::string entries;
};

constexpr const char* maps_group = "Ảnh lưới – rasters";
constexpr const char* event_group = "Sau sự kiện – after the event";
constexpr const char* rollout_group = "Nên xây – what to build";
constexpr const char* dead_zone_group = "Vùng lõm sóng – dead zones";
constexpr const char* communes_group = "Phủ sóng – coverage";
constexpr const char* tables_group = "Bảng – tables";

std::string crs_element(const std::string& crs) {
    const bool named = crs.starts_with("EPSG:");
    const std::string inside =
        named ? "<authid>" + crs + "</authid>" : "<wkt>" + xml_text(crs) + "</wkt><authid></authid>";
    return "<spatialrefsys>" + inside + "</spatialrefsys>";
}

/// What a layer is, whatever it is drawn with.
struct Entry {
    const char* group;
    std::string
        id;  ///< QGIS drops layers whose id has ten characters or fewer: ours begin with phusong_layer
    std::string title;
    std::string source;
    std::string crs;
    bool visible = false;
};

class Project {
public:
    void add_vector(const Entry& entry, const char* geometry, const QgisStyle* style) {
        layers_ +=
            filled_template("vector_layer.xml", {{"GEOMETRY", geometry},
                                                 {"LABELS_ON", style != nullptr && style->labels ? "1" : "0"},
                                                 {"ID", entry.id},
                                                 {"SOURCE", xml_text(entry.source)},
                                                 {"TITLE", xml_text(entry.title)},
                                                 {"CRS", entry.crs.empty() ? "" : crs_element(entry.crs)},
                                                 {"BODY", style != nullptr ? style->body : ""}});
        add_to_group(entry, "ogr");
    }
    void add_raster(const Entry& entry, const std::string& body) {
        layers_ += filled_template("raster_layer.xml", {{"ID", entry.id},
                                                        {"SOURCE", xml_text(entry.source)},
                                                        {"TITLE", xml_text(entry.title)},
                                                        {"CRS", crs_element(entry.crs)},
                                                        {"BODY", body}});
        add_to_group(entry, "gdal");
    }
    [[nodiscard]] std::string text(const std::string& title, const std::string& crs,
                                   const Extent& extent) const {
        std::string groups;
        for (const Group& group : groups_) {
            if (group.entries.empty()) continue;
            groups += filled_template("group.xml", {{"NAME", group.name},
                                                    {"CHECKED", "Qt::Checked"},
                                                    {"EXPANDED", group.visible ? "1" : "0"},
                                                    {"LAYERS", group.entries}});
        }
        return filled_template("project.qgs", {{"TITLE", xml_text(title)},
                                               {"CRS", crs_element(crs)},
                                               {"GROUPS", groups},
                                               {"WEST", shortest(extent.west)},
                                               {"SOUTH", shortest(extent.south)},
                                               {"EAST", shortest(extent.east)},
                                               {"NORTH", shortest(extent.north)},
                                               {"LAYERS", layers_}});
    }

private:
    void add_to_group(const Entry& entry, const char* provider) {
        const auto group = std::find_if(groups_.begin(), groups_.end(), [&](const Group& one) {
            return std::string_view{one.name} == entry.group;
        });
        group->entries +=
            filled_template("group_layer.xml", {{"ID", entry.id},
                                                {"TITLE", xml_text(entry.title)},
                                                {"SOURCE", xml_text(entry.source)},
                                                {"PROVIDER", provider},
                                                {"CHECKED", entry.visible ? "Qt::Checked" : "Qt::Unchecked"},
                                                {"EXPANDED", entry.visible ? "1" : "0"}});
    }

    std::vector<Group> groups_{{rollout_group, true, ""},   {event_group, true, ""},
                               {dead_zone_group, true, ""}, {maps_group, false, ""},
                               {communes_group, true, ""},  {tables_group, false, ""}};
    std::string layers_;
};

const char* group_of(const std::string& table) {
    if (table == "communes") return communes_group;
    if (table == "dead_zones") return dead_zone_group;
    if (table == "rollout") return rollout_group;
    return event_group;
}

/// What the map shows at first: after an event who is in the dark, else who is served and the dead zones.
bool begins_visible(const std::string& table, bool event) {
    if (event) return table == "impact" || table == "restoration";
    return table == "communes" || table == "dead_zones" || table == "rollout";
}

/// Points lie upon polygons.
std::vector<const Table*> from_top_to_bottom(const std::vector<Table>& tables) {
    std::vector<const Table*> order;
    for (const bool points : {true, false}) {
        for (const Table& table : tables) {
            if (static_cast<bool>(table.point_of) == points) order.push_back(&table);
        }
    }
    return order;
}

void add_tables(Project& project, const std::vector<Table>& tables, bool event) {
    for (const Table* const one : from_top_to_bottom(tables)) {
        const Table& table = *one;
        Entry entry{tables_group, "phusong_layer_" + table.name,
                    table.name,   "./phusong.gpkg|layername=" + table.name,
                    table.crs,    false};
        if (!table.shape_of && !table.point_of) {
            entry.crs.clear();
            project.add_vector(entry, "No geometry", nullptr);
            continue;
        }
        entry.group = group_of(table.name);
        entry.visible = begins_visible(table.name, event);
        const char* const geometry = table.point_of ? "Point" : "Polygon";
        for (const QgisStyle& style : styles_of(table, tables)) {
            entry.id = "phusong_layer_" + table.name + "_" + style.name;
            entry.title = style.title;
            project.add_vector(entry, geometry, &style);
            entry.visible = false;
        }
    }
}

std::vector<std::string> technology_words(const Plan& plan) {
    std::vector<std::string> words;
    for (const Technology& technology : plan.technologies) words.push_back(technology_word(technology));
    return words;
}

std::vector<std::string> definition_words(const Plan& plan) {
    std::vector<std::string> words;
    for (const DeadZoneDefinition& definition : plan.dead_zones) words.push_back(definition.input.name);
    return words;
}

std::string service_template(const Plan& plan) {
    return plan.study.service_raster == ServiceRaster::study_cells ? "service_classes.xml"
                                                                   : "service_share.xml";
}

/// A raster that a run may have written.
struct Map {
    const char* stem;
    const char* title;
    const char* group;
    std::string style;
    std::vector<std::string> bands;
};

std::vector<Map> maps_of(const Plan& plan) {
    return {{"people_dark", "dân không có sóng – people in the dark", event_group, "people_dark.xml", {""}},
            {"after", "sau sự kiện – after the event", event_group, service_template(plan),
             technology_words(plan)},
            {"dead_zones", "ô lõm sóng – cells of dead zones", dead_zone_group, "dead_zone_cells.xml",
             definition_words(plan)},
            {"distance", "khoảng cách tới sóng – distance to service", dead_zone_group, "distance.xml",
             definition_words(plan)},
            {"service", "phủ sóng – service", maps_group, service_template(plan), technology_words(plan)}};
}

void add_maps(Project& project, const fs::path& folder, const Plan& plan, const std::string& crs) {
    for (const Map& map : maps_of(plan)) {
        const std::string file = std::string{map.stem} + ".tif";
        if (!fs::exists(folder / file)) continue;
        for (std::size_t band = 0; band < map.bands.size(); ++band) {
            const std::string& word = map.bands[band];
            project.add_raster(
                {map.group, "phusong_layer_" + std::string{map.stem} + "_" + std::to_string(band + 1),
                 (word.empty() ? "" : word + ": ") + map.title, "./" + file, crs, false},
                raster_body(map.style, band + 1));
        }
    }
}

/// Of the communes, with a margin.
Extent extent_to_show(const std::vector<Table>& tables, const GridSpec& grid) {
    std::optional<Extent> all;
    for (const Table& table : tables) {
        if (table.name != "communes" || !table.shape_of) continue;
        for (std::size_t row = 0; row < table.rows.size(); ++row) {
            const MultiPolygon shape = table.shape_of(row);
            if (shape.parts.empty()) continue;
            const Extent one = extent_of(shape);
            if (!all) all = one;
            *all = {std::min(all->west, one.west), std::min(all->south, one.south),
                    std::max(all->east, one.east), std::max(all->north, one.north)};
        }
    }
    if (!all) {
        return {grid.origin_x, grid.origin_y - grid.rows * grid.cell_height,
                grid.origin_x + grid.columns * grid.cell_width, grid.origin_y};
    }
    const double x = (all->east - all->west) / 20;
    const double y = (all->north - all->south) / 20;
    return {all->west - x, all->south - y, all->east + x, all->north + y};
}

void write_text_to(const fs::path& path, const std::string& text) {
    CheckedFile file{path};
    file.write(text);
    file.finish();
}

}  // namespace

std::string project_text(const fs::path& folder, const Plan& plan, const std::vector<Table>& tables,
                         const std::string& crs, bool synthetic) {
    Project project;
    add_tables(project, tables, plan.event.has_value());
    add_maps(project, folder, plan, crs);
    return project.text(plan.study.name + (synthetic ? " (SYNTHETIC)" : ""), crs,
                        extent_to_show(tables, plan.study_grid));
}

void write_qgis_files(const fs::path& folder, const Plan& plan, const std::vector<Table>& tables,
                      const std::string& crs, bool synthetic) {
    for (const Table& table : tables) {
        const std::vector<QgisStyle> styles = styles_of(table, tables);
        if (styles.empty()) continue;
        // One file is the style of dead_zones.geojson and of dead_zones.tif.
        const std::string text =
            table.name == "dead_zones" ? dead_zones_qml(styles.front()) : vector_qml(styles.front());
        write_text_to(folder / ((table.name == "gaps" ? "ranking" : table.name) + ".qml"), text);
    }
    for (const Map& map : maps_of(plan)) {
        const fs::path style = folder / (std::string{map.stem} + ".qml");
        if (!fs::exists(folder / (std::string{map.stem} + ".tif")) || fs::exists(style)) continue;
        write_text_to(style, raster_qml(map.style));
    }
    write_text_to(folder / "project.qgz",
                  zip_of("project.qgs", project_text(folder, plan, tables, crs, synthetic)));
}

}  // namespace phusong::io
