#include "io/text/study_writer.hpp"

#include <fmt/format.h>

#include <optional>
#include <set>
#include <vector>

#include "io/text/number.hpp"

namespace phusong::io {

namespace {

/// A TOML basic string.
std::string quoted(const std::string& text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        if (static_cast<unsigned char>(c) < 0x20U) {
            out += fmt::format("\\u{:04X}", static_cast<unsigned>(c));
        } else {
            out += c;
        }
    }
    return out + '"';
}

std::string list(const std::vector<double>& values) {
    std::string out = "[";
    for (const double value : values) out += (out.size() > 1 ? ", " : "") + shortest(value);
    return out + "]";
}

std::string rule_lines(const ServiceRule& rule) {
    switch (rule.kind) {
        case ServiceRule::Kind::present:
            return "rule = \"present\"            # 1 served, 0 unserved, nodata unknown; else: classes, "
                   "signal, share\n";
        case ServiceRule::Kind::classes:
            return "rule = \"classes\"\nserved = " + list(rule.served) +
                   "\nunserved = " + list(rule.unserved) + "\n";
        case ServiceRule::Kind::signal:
            return "rule = \"signal\"\nquantity = " + quoted(rule.quantity) +
                   "\nthreshold_dbm = " + shortest(rule.threshold_dbm) + "     # inclusive\n";
        case ServiceRule::Kind::share:
            return "rule = \"share\"\nfull_value = " + shortest(rule.full_value) +
                   "              # the value that means every household: 1 or 100\n";
    }
    return "";
}

class Writer {
public:
    explicit Writer(std::filesystem::path folder) : folder_{std::move(folder)} {}

    [[nodiscard]] std::string file_lines(const FileLayer& file) const {
        std::filesystem::path path{file.path};
        if (!folder_.empty()) {
            const auto relative = std::filesystem::absolute(path).lexically_relative(folder_);
            if (!relative.empty()) path = relative;
        }
        std::string out = "path = " + quoted(path.string()) + "\n";
        if (!file.layer.empty()) out += "layer = " + quoted(file.layer) + "\n";
        if (file.band > 0) out += fmt::format("band = {}\n", file.band);
        if (!file.crs.empty()) out += "crs = " + quoted(file.crs) + "\n";
        if (!file.encoding.empty()) out += "encoding = " + quoted(file.encoding) + "\n";
        return out;
    }

private:
    std::filesystem::path folder_;
};

template <typename Texts>
std::string quoted_list(const Texts& texts) {
    std::string list;
    for (const std::string& text : texts) list += (list.empty() ? "" : ", ") + quoted(text);
    return "[" + list + "]";
}

std::string field_line(const std::string& key, const std::string& field, const std::string& comment) {
    if (field.empty()) return "# " + key + " = \"...\"  # " + comment + "\n";
    return key + " = " + quoted(field) + "  # " + comment + "\n";
}

std::string dead_zone_lines(const DeadZoneInput& input) {
    return fmt::format(
        "\n[[dead_zones]]\n"
        "name = {}\n"
        "technologies = {}  # where none of them is\n"
        "connectivity = {}  # 8: cells that touch at a corner belong together; or 4\n"
        "populated_only = {}  # only cells with people belong\n"
        "minimum_people = {}  # smaller zones are summed up in the remainder\n"
        "minimum_area_km2 = {}\n",
        quoted(input.name), quoted_list(input.technologies), input.connectivity, input.populated_only,
        shortest(input.minimum_people), shortest(input.minimum_area_km2));
}

/// With the study's own technologies, so that it holds when the marks are taken away.
std::string dead_zone_example(const std::vector<CoverageInput>& coverage) {
    std::set<std::string> technologies;
    for (const CoverageInput& layer : coverage) technologies.insert(layer.technology);
    return fmt::format(
        "\n# Without this, one definition: no_mobile, of the 4g and 5g layers (of all where there are "
        "none).\n"
        "# For no dead zones at all write dead_zones = [] before [study].\n"
        "# [[dead_zones]]\n"
        "# name = \"no_service\"\n"
        "# technologies = {}  # where none of them is\n"
        "# connectivity = 8  # cells that touch at a corner belong together; or 4\n"
        "# populated_only = true  # only cells with people belong\n"
        "# minimum_people = 0  # smaller zones are summed up in the remainder\n"
        "# minimum_area_km2 = 0\n",
        quoted_list(technologies));
}

/// @param example what a study without them could say
std::string places_lines(const char* key, const std::optional<PlacesInput>& input, const Writer& writer,
                         const std::string& example) {
    if (!input) return fmt::format("\n# [{}]  # points: {}\n# path = \"{}.gpkg\"\n", key, example, key);
    return fmt::format("\n[{}]\n", key) + writer.file_lines(input->file) +
           field_line("id", input->id_field, "field with the id; taken as text") +
           field_line("name", input->name_field, "field with the name");
}

}  // namespace

std::string write_study(const Study& study, const std::filesystem::path& folder) {
    const Writer writer{folder};
    std::string out =
        "# A study of phusong. Check it: phusong check FILE; run it: phusong run FILE --out RESULTS\n";
    out += "# Paths are relative to this file.\n\n";
    if (study.dead_zones && study.dead_zones->empty()) out += "dead_zones = []  # none are looked for\n\n";
    out += "[study]\nname = " + quoted(study.name) + "\n";
    if (study.refine) {
        out += fmt::format("refine = {}  # parts per population cell side\n", *study.refine);
    } else {
        out += "# refine = 4  # parts per population cell side; without it phusong chooses\n";
    }
    out += "\n[communes]\n" + writer.file_lines(study.communes.file);
    out += field_line("code", study.communes.code_field, "field with the official code; taken as text");
    out += field_line("name", study.communes.name_field, "field with the name");
    out += field_line("province", study.communes.province_field, "field with the province, for roll-ups");
    out += "\n[population]\n" + writer.file_lines(study.population.file);
    out += study.population.values == PopulationInput::Values::people_per_cell
               ? "values = \"people_per_cell\"  # or people_per_km2\n"
               : "values = \"people_per_km2\"  # or people_per_cell\n";
    out += field_line("adjust_to", study.population.adjust_to,
                      "commune field with the official number of people");
    for (const CoverageInput& layer : study.coverage) {
        out += "\n[[coverage]]\ntechnology = " + quoted(layer.technology) + "\n";
        if (!layer.operator_name.empty()) out += "operator = " + quoted(layer.operator_name) + "\n";
        if (!layer.meaning.empty()) out += "meaning = " + quoted(layer.meaning) + "\n";
        out += writer.file_lines(layer.file) + rule_lines(layer.rule);
        if (!layer.where.field.empty()) {
            out += "where = { field = " + quoted(layer.where.field) +
                   ", values = " + quoted_list(layer.where.values) + " }\n";
        }
    }
    if (!study.dead_zones) out += dead_zone_example(study.coverage);
    for (const DeadZoneInput& input : study.dead_zones.value_or(std::vector<DeadZoneInput>{})) {
        out += dead_zone_lines(input);
    }
    out += places_lines("settlements", study.settlements, writer, "villages and hamlets");
    if (study.settlements) {
        out += field_line("grid_power", study.settlements->grid_power_field, "field with yes or no");
    }
    out += places_lines("sites", study.sites, writer, "masts");
    out += "\n[output]\nservice_raster = ";
    switch (study.service_raster) {
        case ServiceRaster::study_cells:
            out += "\"study_cells\"";
            break;
        case ServiceRaster::population_share:
            out += "\"population_share\"";
            break;
        case ServiceRaster::none:
            out += "\"none\"";
            break;
    }
    out += "  # service.tif: study_cells, population_share or none\n";
    out += study.distance_raster ? "distance_raster = true" : "distance_raster = false";
    return out + "  # distance.tif: metres to the nearest served cell\n";
}

}  // namespace phusong::io
