#include "io/text/study_writer.hpp"

#include <fmt/format.h>

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

std::string field_line(const std::string& key, const std::string& field, const std::string& comment) {
    if (field.empty()) return "# " + key + " = \"...\"  # " + comment + "\n";
    return key + " = " + quoted(field) + "  # " + comment + "\n";
}

}  // namespace

std::string write_study(const Study& study, const std::filesystem::path& folder) {
    const Writer writer{folder};
    std::string out =
        "# A study of phusong. Check it: phusong check FILE; run it: phusong run FILE --out RESULTS\n";
    out += "# Paths are relative to this file.\n\n[study]\nname = " + quoted(study.name) + "\n";
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
            std::string values;
            for (const std::string& value : layer.where.values)
                values += (values.empty() ? "" : ", ") + quoted(value);
            out += "where = { field = " + quoted(layer.where.field) + ", values = [" + values + "] }\n";
        }
    }
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
    return out + "  # service.tif: study_cells, population_share or none\n";
}

}  // namespace phusong::io
