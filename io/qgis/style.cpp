#include "io/qgis/style.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "io/qgis/templates.hpp"
#include "io/text/number.hpp"

namespace phusong::io {

namespace {

struct StyleClass {
    double lower = 0;
    double upper = 0;
    const char* label = "";
    const char* colour = "";  ///< as QGIS writes it: red, green, blue, alpha
};

constexpr const char* nobody_colour = "224,224,224,255";
// PuBu and YlOrBr of ColorBrewer: steps in lightness, which colour-blind readers and grey printers see, too.
constexpr std::array served_classes{StyleClass{-1, -1, "không có dân – nobody lives there", nobody_colour},
                                    StyleClass{0, 50, "0 – 50 %", "241,238,246,255"},
                                    StyleClass{50, 80, "50 – 80 %", "189,201,225,255"},
                                    StyleClass{80, 90, "80 – 90 %", "116,169,207,255"},
                                    StyleClass{90, 98, "90 – 98 %", "43,140,190,255"},
                                    StyleClass{98, 100, "98 – 100 %", "4,90,141,255"}};
constexpr std::array dark_classes{StyleClass{-1, -1, "không có dân – nobody lives there", nobody_colour},
                                  StyleClass{0, 1, "0 – 1 %", "255,255,212,255"},
                                  StyleClass{1, 10, "1 – 10 %", "254,217,142,255"},
                                  StyleClass{10, 25, "10 – 25 %", "254,153,41,255"},
                                  StyleClass{25, 50, "25 – 50 %", "217,95,14,255"},
                                  StyleClass{50, 100, "50 – 100 %", "153,52,4,255"}};
constexpr double no_rank = 1e9;
constexpr std::array rank_classes{StyleClass{1, 10, "1 – 10", "153,52,4,255"},
                                  StyleClass{11, 30, "11 – 30", "217,95,14,255"},
                                  StyleClass{31, 100, "31 – 100", "254,153,41,255"},
                                  StyleClass{101, no_rank - 1, "101 – ", "254,217,142,255"},
                                  StyleClass{no_rank, no_rank, "–", nobody_colour}};

/// Colour and pattern or shape together: either alone tells two classes apart.
struct Hatch {
    const char* colour;
    const char* pattern;  ///< of Qt
};
constexpr std::array hatches{Hatch{"200,30,30,255", "b_diagonal"}, Hatch{"120,50,150,255", "f_diagonal"},
                             Hatch{"190,110,0,255", "horizontal"}, Hatch{"60,60,60,255", "vertical"}};

struct Mark {
    const char* value;
    const char* label;
    const char* shape;
    const char* colour;
};
constexpr std::array repair_marks{Mark{"feeder", "điện lưới – feeder", "diamond", "217,95,14,255"},
                                  Mark{"generator", "máy phát – generator", "triangle", "117,112,179,255"},
                                  Mark{"site", "trạm – site", "square", "27,120,90,255"}};
constexpr std::array plan_marks{Mark{"target", "mục tiêu – target", "circle", "4,90,141,255"},
                                Mark{"budget", "ngân sách – budget", "square", "217,95,14,255"},
                                Mark{"sites", "số trạm – sites", "triangle", "117,112,179,255"}};

std::string class_line(std::size_t number, const StyleClass& one) {
    return fmt::format(
        "      <range symbol=\"{}\" lower=\"{}\" upper=\"{}\" label=\"{}\" render=\"true\"/>\n", number,
        shortest(one.lower), shortest(one.upper), xml_text(one.label));
}

std::string category_line(std::size_t number, std::string_view value, std::string_view label) {
    return fmt::format("      <category symbol=\"{}\" value=\"{}\" label=\"{}\" render=\"true\"/>\n", number,
                       xml_text(value), xml_text(label));
}

std::string graduated_fills(const std::string& expression, std::span<const StyleClass> classes) {
    std::string lines;
    std::string symbols;
    for (std::size_t i = 0; i < classes.size(); ++i) {
        lines += class_line(i, classes[i]);
        symbols += filled_template("fill_symbol.xml", {{"NUMBER", std::to_string(i)},
                                                       {"COLOUR", classes[i].colour},
                                                       {"PATTERN", "solid"},
                                                       {"OUTLINE", "90,90,90,255"},
                                                       {"WIDTH", "0.15"}});
    }
    return filled_template("graduated.xml",
                           {{"ATTRIBUTE", xml_text(expression)}, {"CLASSES", lines}, {"SYMBOLS", symbols}}) +
           "  <layerGeometryType>2</layerGeometryType>\n";
}

std::string hatched(const std::vector<std::string>& definitions) {
    std::string lines;
    std::string symbols;
    for (std::size_t i = 0; i < definitions.size(); ++i) {
        const Hatch& hatch = hatches[i % hatches.size()];
        lines += category_line(i, definitions[i], definitions[i]);
        symbols += filled_template("fill_symbol.xml", {{"NUMBER", std::to_string(i)},
                                                       {"COLOUR", hatch.colour},
                                                       {"PATTERN", hatch.pattern},
                                                       {"OUTLINE", hatch.colour},
                                                       {"WIDTH", "0.4"}});
    }
    return filled_template("categorized.xml",
                           {{"ATTRIBUTE", "definition"}, {"CLASSES", lines}, {"SYMBOLS", symbols}}) +
           "  <layerGeometryType>2</layerGeometryType>\n";
}

std::string marks(const std::string& column, std::span<const Mark> kinds) {
    std::string lines;
    std::string symbols;
    for (std::size_t i = 0; i < kinds.size(); ++i) {
        lines += category_line(i, kinds[i].value, kinds[i].label);
        symbols += filled_template("marker_symbol.xml", {{"NUMBER", std::to_string(i)},
                                                         {"SHAPE", kinds[i].shape},
                                                         {"COLOUR", kinds[i].colour},
                                                         {"SIZE", "2.6"}});
    }
    return filled_template("categorized.xml",
                           {{"ATTRIBUTE", column}, {"CLASSES", lines}, {"SYMBOLS", symbols}}) +
           "  <layerGeometryType>0</layerGeometryType>\n";
}

/// Numbers of the first ten are always there; names give way to them, and to each other.
std::string first_ten(const std::string& column) {
    const std::string expression = "CASE WHEN \"" + column + "\" <= 10 THEN \"" + column + "\" END";
    return filled_template(
        "labels.xml",
        {{"FIELD", xml_text(expression)}, {"PRIORITY", "9"}, {"OVERLAP", "AllowOverlapIfRequired"}});
}

std::string names() {
    return filled_template(
        "labels.xml", {{"FIELD", xml_text("\"name\"")}, {"PRIORITY", "3"}, {"OVERLAP", "PreventOverlap"}});
}

/// The stems of the columns that tell how many are served: "4g" of "4g_area_low_pct".
std::vector<std::string> technologies_in(const Table& communes) {
    constexpr std::string_view ending = "_area_low_pct";
    std::vector<std::string> words;
    for (const TableColumn& column : communes.columns) {
        if (!column.name.ends_with(ending)) continue;
        words.push_back(column.name.substr(0, column.name.size() - ending.size()));
    }
    return words;
}

std::vector<std::string> definitions_in(std::span<const Table> tables) {
    std::vector<std::string> names;
    for (const Table& table : tables) {
        if (table.name != "dead_zones_summary" || table.columns.empty()) continue;
        for (const auto& row : table.rows) {
            if (const auto* name = std::get_if<std::string>(&row.front())) names.push_back(*name);
        }
    }
    return names;
}

std::vector<QgisStyle> commune_styles(const Table& communes) {
    std::vector<QgisStyle> styles;
    for (const std::string& word : technologies_in(communes)) {
        styles.push_back({word + "_low_pct", word + ": % dân được phủ – % of people served",
                          graduated_fills("coalesce(\"" + word + "_low_pct\", -1)", served_classes) + names(),
                          true});
    }
    return styles;
}

}  // namespace

std::vector<QgisStyle> styles_of(const Table& table, std::span<const Table> tables) {
    if (!table.shape_of && !table.point_of) return {};
    if (table.name == "communes") return commune_styles(table);
    if (table.name == "dead_zones") {
        return {{"dead_zones", "vùng lõm sóng – dead zones", hatched(definitions_in(tables)), false}};
    }
    if (table.name == "impact") {
        return {
            {"people_dark_pct", "% dân không có sóng – % of people in the dark",
             graduated_fills("CASE WHEN \"people\" > 0 THEN 100.0 * \"people_dark\" / \"people\" ELSE -1 END",
                             dark_classes) +
                 names(),
             true}};
    }
    if (table.name == "gaps" || table.name == "ranking") {
        return {{"rank", "thứ tự cần giúp – rank of need",
                 graduated_fills("coalesce(\"rank\", 1000000000)", rank_classes) + first_ten("rank"), true}};
    }
    if (table.name == "restoration") {
        return {{"kind", "thứ tự sửa chữa – order of repairs",
                 marks("kind", repair_marks) + first_ten("order"), true}};
    }
    if (table.name == "rollout") {
        return {{"plan", "trạm nên xây – sites to build", marks("plan", plan_marks), false}};
    }
    if (table.name == "hardening") {
        constexpr std::array hardened{Mark{"", "trạm nên gia cố – site to harden", "star", "27,120,90,255"}};
        return {{"site", "trạm nên gia cố – sites to harden", marks("''", hardened), false}};
    }
    return {};
}

std::string vector_qml(const QgisStyle& style) {
    return filled_template("vector.qml", {{"LABELS_ON", style.labels ? "1" : "0"}, {"BODY", style.body}});
}

std::string dead_zones_qml(const QgisStyle& outlines) {
    return filled_template("dead_zones.qml",
                           {{"VECTOR", outlines.body}, {"RASTER", raster_body("dead_zone_cells.xml", 1)}});
}

std::string raster_body(const std::string& file, std::size_t band) {
    return filled_template(file, {{"BAND", std::to_string(band)}});
}

std::string raster_qml(const std::string& file) {
    return filled_template("raster.qml", {{"BODY", raster_body(file, 1)}});
}

Table layer_styles_table(std::span<const Table> tables) {
    using Kind = TableColumn::Kind;
    Table styles;
    styles.name = layer_styles_name;
    styles.description = "styles of the other layers, for QGIS";
    // The columns that QGIS makes and looks for.
    styles.columns = {{"f_table_catalog", Kind::text},
                      {"f_table_schema", Kind::text},
                      {"f_table_name", Kind::text},
                      {"f_geometry_column", Kind::text},
                      {"styleName", Kind::text},
                      {"styleQML", Kind::text},
                      {"styleSLD", Kind::text},
                      {"useAsDefault", Kind::integer},
                      {"description", Kind::text},
                      {"owner", Kind::text},
                      {"ui", Kind::text},
                      {"update_time", Kind::text}};
    for (const Table& table : tables) {
        bool first = true;
        for (const QgisStyle& style : styles_of(table, tables)) {
            styles.rows.push_back({std::string{}, std::string{}, table.name, std::string{"geom"}, style.name,
                                   vector_qml(style), std::string{}, std::int64_t{first ? 1 : 0}, style.title,
                                   std::string{}, std::string{}, std::string{"1970-01-01T00:00:00.000Z"}});
            first = false;
        }
    }
    return styles;
}

}  // namespace phusong::io
