#include "io/text/study_file.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <fstream>
#include <initializer_list>
#include <map>
#include <optional>
#include <sstream>
#include <vector>

#include "engine/errors.hpp"
#include "io/text/file_argument.hpp"

namespace phusong::io {

namespace {

/// One table of the file, with words for what is wrong in it.
class Section {
public:
    Section(const toml::table& table, std::string file, std::string name)
        : table_{table}, file_{std::move(file)}, name_{std::move(name)} {}

    [[noreturn]] void fail(const std::string& what, const toml::node* node = nullptr) const {
        const auto line = (node != nullptr ? node->source() : table_.source()).begin.line;
        throw InputError{"study '" + file_ + "', line " + std::to_string(line) + ", " + name_ + ": " + what};
    }
    void allow_only(std::initializer_list<std::string_view> keys) const {
        for (const auto& [key, value] : table_) {
            if (std::find(keys.begin(), keys.end(), key.str()) != keys.end()) continue;
            std::string list;
            for (const std::string_view known : keys) list += (list.empty() ? "" : ", ") + std::string{known};
            fail("unknown key '" + std::string{key.str()} + "'; known are " + list, &value);
        }
    }
    [[nodiscard]] std::optional<std::string> text(std::string_view key) const {
        const toml::node* node = table_.get(key);
        if (node == nullptr) return std::nullopt;
        auto value = node->value_exact<std::string>();
        if (!value) fail("'" + std::string{key} + "' must be a text in quotes", node);
        return value;
    }
    [[nodiscard]] std::string needed_text(std::string_view key, const std::string& example) const {
        const auto value = text(key);
        if (!value || value->empty()) fail("'" + std::string{key} + "' is missing; write " + example);
        return *value;
    }
    [[nodiscard]] std::optional<double> number(std::string_view key) const {
        const toml::node* node = table_.get(key);
        if (node == nullptr) return std::nullopt;
        if (!node->is_number()) fail("'" + std::string{key} + "' must be a number", node);
        return node->value<double>();
    }
    [[nodiscard]] std::optional<std::int32_t> integer(std::string_view key) const {
        const toml::node* node = table_.get(key);
        if (node == nullptr) return std::nullopt;
        const auto value = node->value_exact<std::int64_t>();
        if (!value || *value < 0 || *value > 1000000)
            fail("'" + std::string{key} + "' must be a whole number", node);
        return static_cast<std::int32_t>(*value);
    }
    [[nodiscard]] std::vector<double> numbers(std::string_view key) const {
        std::vector<double> values;
        const toml::node* node = table_.get(key);
        if (node == nullptr) return values;
        if (!node->is_array()) fail("'" + std::string{key} + "' must be a list of numbers", node);
        for (const toml::node& item : *node->as_array()) {
            if (!item.is_number()) fail("'" + std::string{key} + "' must be a list of numbers", node);
            values.push_back(item.value_or(0.0));
        }
        return values;
    }
    [[nodiscard]] std::vector<std::string> texts(std::string_view key) const {
        std::vector<std::string> values;
        const toml::node* node = table_.get(key);
        if (node == nullptr) return values;
        if (!node->is_array()) fail("'" + std::string{key} + "' must be a list of texts", node);
        for (const toml::node& item : *node->as_array()) {
            const auto value = item.value_exact<std::string>();
            if (!value) fail("'" + std::string{key} + "' must be a list of texts", node);
            values.push_back(*value);
        }
        return values;
    }
    [[nodiscard]] std::optional<Section> section(std::string_view key) const {
        const toml::node* node = table_.get(key);
        if (node == nullptr) return std::nullopt;
        if (!node->is_table()) fail("'" + std::string{key} + "' must be a table", node);
        return Section{*node->as_table(), file_, name_.empty() ? "[" + std::string{key} + "]" : name_};
    }
    [[nodiscard]] const toml::node* node(std::string_view key) const { return table_.get(key); }
    [[nodiscard]] const std::string& file() const { return file_; }

private:
    const toml::table& table_;
    std::string file_;
    std::string name_;
};

FileLayer file_of(const Section& section, const std::filesystem::path& folder) {
    const FileArgument argument = parse_file_argument(section.needed_text("path", "path = \"file\""));
    FileLayer file;
    const std::filesystem::path path{argument.path};
    file.path = (path.is_absolute() || folder.empty() ? path : (folder / path).lexically_normal()).string();
    set_bracket(file, argument.bracket);
    if (const auto layer = section.text("layer")) file.layer = *layer;
    if (const auto band = section.integer("band")) file.band = *band;
    file.crs = section.text("crs").value_or("");
    file.encoding = section.text("encoding").value_or("");
    return file;
}

ServiceRule rule_of(const Section& section, const std::string& technology) {
    ServiceRule rule;
    const std::string kind = section.text("rule").value_or("present");
    if (kind == "present") {
        rule.kind = ServiceRule::Kind::present;
    } else if (kind == "classes") {
        rule.kind = ServiceRule::Kind::classes;
        rule.served = section.numbers("served");
        rule.unserved = section.numbers("unserved");
        if (rule.served.empty())
            section.fail("rule \"classes\" needs the values that mean served: served = [1]");
    } else if (kind == "signal") {
        rule.kind = ServiceRule::Kind::signal;
        rule.quantity = section.text("quantity").value_or("RSRP");
        const auto threshold = section.number("threshold_dbm");
        const auto profile = section.text("profile");
        if (threshold) {
            rule.threshold_dbm = *threshold;
        } else if (profile) {
            rule.threshold_dbm = profile_threshold_dbm(*profile, technology);
        } else {
            section.fail("rule \"signal\" needs threshold_dbm = -110 or profile = \"trai-2024\"");
        }
        if (!(rule.threshold_dbm >= weakest_signal_dbm && rule.threshold_dbm <= strongest_signal_dbm)) {
            section.fail("threshold_dbm must lie between -150 and -20 dBm", section.node("threshold_dbm"));
        }
    } else if (kind == "share") {
        rule.kind = ServiceRule::Kind::share;
        rule.full_value = section.number("full_value").value_or(1);
        if (rule.full_value != 1 && rule.full_value != 100) {
            section.fail("full_value is the value that means every household: 1 or 100",
                         section.node("full_value"));
        }
    } else {
        section.fail("rule \"" + kind + "\" is not known; write present, classes, signal or share",
                     section.node("rule"));
    }
    return rule;
}

CoverageInput coverage_of(const Section& section, const std::filesystem::path& folder) {
    section.allow_only({"technology", "operator", "meaning", "path", "layer", "band", "crs", "encoding",
                        "rule", "served", "unserved", "quantity", "threshold_dbm", "profile", "full_value",
                        "where"});
    CoverageInput input;
    input.technology = section.needed_text("technology", "technology = \"4g\"");
    for (const char c : input.technology) {
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) continue;
        section.fail("technology names columns: small letters and digits only, such as \"4g\" or \"fibre\"",
                     section.node("technology"));
    }
    input.operator_name = section.text("operator").value_or("");
    input.meaning = section.text("meaning").value_or("");
    if (!input.meaning.empty() && input.meaning != "passed" && input.meaning != "connected" &&
        input.meaning != "subscribed") {
        section.fail("meaning is passed, connected or subscribed", section.node("meaning"));
    }
    input.file = file_of(section, folder);
    input.rule = rule_of(section, input.technology);
    if (const auto where = section.section("where")) {
        where->allow_only({"field", "values"});
        input.where.field = where->needed_text("field", "field = \"name\"");
        input.where.values = where->texts("values");
    }
    return input;
}

}  // namespace

Study parse_study(std::string_view text, const std::string& name, const std::filesystem::path& folder) {
    toml::table root;
    try {
        root = toml::parse(text, name);
    } catch (const toml::parse_error& error) {
        throw InputError{"study '" + name + "', line " + std::to_string(error.source().begin.line) + ": " +
                         std::string{error.description()}};
    }
    const Section top{root, name, ""};
    top.allow_only({"study", "communes", "population", "coverage", "output"});
    Study study;
    if (const auto section = top.section("study")) {
        section->allow_only({"name", "refine"});
        study.name = section->text("name").value_or("");
        study.refine = section->integer("refine");
    }
    if (study.name.empty()) study.name = std::filesystem::path{name}.stem().string();

    const auto communes = top.section("communes");
    if (!communes) top.fail("the table [communes] is missing");
    communes->allow_only({"path", "layer", "crs", "encoding", "code", "name", "province"});
    study.communes.file = file_of(*communes, folder);
    study.communes.code_field = communes->text("code").value_or("");
    study.communes.name_field = communes->text("name").value_or("");
    study.communes.province_field = communes->text("province").value_or("");

    const auto population = top.section("population");
    if (!population) top.fail("the table [population] is missing");
    population->allow_only({"path", "band", "crs", "values", "adjust_to"});
    study.population.file = file_of(*population, folder);
    study.population.adjust_to = population->text("adjust_to").value_or("");
    const std::string values = population->needed_text(
        "values", "values = \"people_per_cell\" or \"people_per_km2\" (phusong never guesses)");
    if (values == "people_per_cell") {
        study.population.values = PopulationInput::Values::people_per_cell;
    } else if (values == "people_per_km2") {
        study.population.values = PopulationInput::Values::people_per_km2;
    } else {
        population->fail("values is people_per_cell or people_per_km2", population->node("values"));
    }

    const toml::node* coverage = root.get("coverage");
    if (coverage == nullptr || !coverage->is_array() || coverage->as_array()->empty()) {
        top.fail("at least one [[coverage]] is needed");
    }
    std::size_t number = 0;
    for (const toml::node& node : *coverage->as_array()) {
        ++number;
        if (!node.is_table()) top.fail("coverage must be written as [[coverage]]", coverage);
        const Section section{*node.as_table(), name, "[[coverage]] " + std::to_string(number)};
        study.coverage.push_back(coverage_of(section, folder));
        const CoverageInput& added = study.coverage.back();
        for (std::size_t i = 0; i + 1 < study.coverage.size(); ++i) {
            if (study.coverage[i].label() == added.label()) {
                section.fail("\"" + added.label() +
                             "\" is named twice; give each layer its technology and operator");
            }
        }
    }
    if (const auto output = top.section("output")) {
        output->allow_only({"service_raster"});
        if (const auto raster = output->text("service_raster"))
            study.service_raster = service_raster_of(*raster);
    }
    return study;
}

Study read_study_file(const std::filesystem::path& path) {
    if (!std::filesystem::is_regular_file(path)) {
        throw InputError{"study '" + path.string() + "': no such file"};
    }
    std::ifstream file{path, std::ios::binary};
    std::ostringstream text;
    text << file.rdbuf();
    if (!file) throw StorageError{"study '" + path.string() + "': cannot be read"};
    return parse_study(text.str(), path.string(), path.parent_path());
}

ServiceRaster service_raster_of(const std::string& word) {
    if (word == "study_cells") return ServiceRaster::study_cells;
    if (word == "population_share") return ServiceRaster::population_share;
    if (word == "none") return ServiceRaster::none;
    throw InputError{"service_raster '" + word +
                     "' is not known; write study_cells, population_share or none"};
}

double profile_threshold_dbm(const std::string& profile, const std::string& technology) {
    // TRAI coverage map rules, November 2024; Ofcom Connected Nations. Source notes: datasets/README.md.
    static const std::map<std::string, std::map<std::string, double>> profiles{
        {"trai-2024", {{"2g", -95}, {"3g", -99}, {"4g", -110}, {"5g", -110}}},
        {"ofcom", {{"2g", -81}, {"3g", -100}, {"4g", -105}, {"5g", -110}}}};
    const auto found = profiles.find(profile);
    if (found == profiles.end()) {
        throw InputError{"signal profile '" + profile + "' is not known; there are trai-2024 and ofcom"};
    }
    const auto threshold = found->second.find(technology);
    if (threshold == found->second.end()) {
        throw InputError{"signal profile '" + profile + "' has no threshold for " + technology +
                         "; write threshold_dbm"};
    }
    return threshold->second;
}

}  // namespace phusong::io
