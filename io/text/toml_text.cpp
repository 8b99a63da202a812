#include "io/text/toml_text.hpp"

#include <fmt/format.h>

#include "io/text/number.hpp"
#include "io/text/remote_name.hpp"

namespace phusong::io {

std::string quoted(const std::string& text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        if (static_cast<unsigned char>(c) < 0x20U || c == '\x7F') {
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

std::string FileWriter::path(const std::string& file) const {
    if (names_remote(file)) return file;
    std::filesystem::path path{file};
    if (!folder_.empty()) {
        const auto relative = std::filesystem::absolute(path).lexically_relative(folder_);
        if (!relative.empty()) path = relative;
    }
    return path.string();
}

std::string FileWriter::lines(const FileLayer& file, const std::string& key) const {
    std::string out = key + " = " + quoted(path(file.path)) + "\n";
    if (!file.layer.empty()) out += "layer = " + quoted(file.layer) + "\n";
    if (file.band > 0) out += fmt::format("band = {}\n", file.band);
    if (!file.crs.empty()) out += "crs = " + quoted(file.crs) + "\n";
    if (!file.encoding.empty()) out += "encoding = " + quoted(file.encoding) + "\n";
    return out;
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

std::string coverage_lines(const CoverageInput& layer, const FileWriter& files) {
    std::string out = "technology = " + quoted(layer.technology) + "\n";
    if (!layer.operator_name.empty()) out += "operator = " + quoted(layer.operator_name) + "\n";
    if (!layer.meaning.empty()) out += "meaning = " + quoted(layer.meaning) + "\n";
    out += files.lines(layer.file) + rule_lines(layer.rule);
    if (!layer.where.field.empty()) {
        out += "where = { field = " + quoted(layer.where.field) +
               ", values = " + quoted_list(layer.where.values) + " }\n";
    }
    return out;
}

}  // namespace phusong::io
