#include "io/text/study_file.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <optional>
#include <sstream>
#include <vector>

#include "engine/errors.hpp"
#include "io/text/coverage_section.hpp"
#include "io/text/event_section.hpp"
#include "io/text/restoration_section.hpp"
#include "io/text/rollout_section.hpp"
#include "io/text/study_section.hpp"
#include "io/text/target_section.hpp"
#include "io/text/text_encoding.hpp"

namespace phusong::io {

namespace {

bool holds(const std::vector<std::string>& texts, const std::string& text) {
    return std::find(texts.begin(), texts.end(), text) != texts.end();
}

std::string joined(const std::vector<std::string>& texts) {
    std::string list;
    for (const std::string& text : texts) list += (list.empty() ? "" : ", ") + text;
    return list;
}

CommunesInput communes_of(const Section& section, const std::filesystem::path& folder) {
    section.allow_only({"path", "layer", "crs", "encoding", "code", "name", "province"});
    CommunesInput input;
    input.file = file_of(section, folder);
    input.code_field = section.text("code").value_or("");
    input.name_field = section.text("name").value_or("");
    input.province_field = section.text("province").value_or("");
    return input;
}

PopulationInput population_of(const Section& section, const std::filesystem::path& folder) {
    section.allow_only({"path", "band", "crs", "values", "adjust_to"});
    PopulationInput input;
    input.file = file_of(section, folder);
    input.adjust_to = section.text("adjust_to").value_or("");
    const std::string values = section.needed_text(
        "values", "values = \"people_per_cell\" or \"people_per_km2\" (phusong never guesses)");
    if (values == "people_per_cell") {
        input.values = PopulationInput::Values::people_per_cell;
    } else if (values == "people_per_km2") {
        input.values = PopulationInput::Values::people_per_km2;
    } else {
        section.fail("values is people_per_cell or people_per_km2", section.node("values"));
    }
    return input;
}

std::vector<CoverageInput> all_coverage_of(const Section& top, const std::filesystem::path& folder) {
    const auto sections = top.sections("coverage");
    if (!sections || sections->empty()) top.fail("at least one [[coverage]] is needed");
    std::vector<CoverageInput> coverage;
    for (const Section& section : *sections) {
        CoverageInput added = coverage_of(section, folder);
        for (const CoverageInput& other : coverage) {
            if (other.label() != added.label()) continue;
            section.fail("\"" + added.label() +
                         "\" is named twice; give each layer its technology and operator");
        }
        coverage.push_back(std::move(added));
    }
    return coverage;
}

std::vector<std::string> technologies_of(const std::vector<CoverageInput>& coverage) {
    std::vector<std::string> technologies;
    for (const CoverageInput& layer : coverage) {
        if (!holds(technologies, layer.technology)) technologies.push_back(layer.technology);
    }
    return technologies;
}

/// A number of zero or more; 0 where the key is not there.
double minimum_of(const Section& section, std::string_view key) {
    const double minimum = section.number(key).value_or(0);
    if (!(minimum >= 0) || !std::isfinite(minimum)) {
        section.fail("'" + std::string{key} + "' must be a number of zero or more", section.node(key));
    }
    return minimum;
}

/// @param known technologies of the coverage
DeadZoneInput dead_zone_of(const Section& section, const std::vector<std::string>& known) {
    section.allow_only(
        {"name", "technologies", "connectivity", "populated_only", "minimum_people", "minimum_area_km2"});
    DeadZoneInput input;
    input.name = section.needed_text("name", "name = \"no_mobile\"");
    for (const char c : input.name) {
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_') continue;
        section.fail("name names outputs: small letters, digits and underscores only, such as \"no_mobile\"",
                     section.node("name"));
    }
    const toml::node* node = section.node("technologies");
    for (const std::string& technology : section.texts("technologies")) {
        if (!holds(known, technology)) {
            section.fail(
                "no [[coverage]] has the technology \"" + technology + "\"; known are " + joined(known),
                node);
        }
        if (holds(input.technologies, technology)) {
            section.fail("technology \"" + technology + "\" is named twice", node);
        }
        input.technologies.push_back(technology);
    }
    if (input.technologies.empty()) {
        section.fail("'technologies' is missing; write technologies = [\"" + known.front() + "\"]", node);
    }
    input.connectivity = section.integer("connectivity").value_or(8);
    if (input.connectivity != 4 && input.connectivity != 8) {
        section.fail("connectivity is 8 (cells that touch at a corner belong together) or 4",
                     section.node("connectivity"));
    }
    input.populated_only = section.yes_or_no("populated_only").value_or(true);
    input.minimum_people = minimum_of(section, "minimum_people");
    input.minimum_area_km2 = minimum_of(section, "minimum_area_km2");
    return input;
}

std::optional<std::vector<DeadZoneInput>> dead_zones_of(const Section& top,
                                                        const std::vector<std::string>& known) {
    const auto sections = top.sections("dead_zones");
    if (!sections) return std::nullopt;
    std::vector<DeadZoneInput> inputs;
    for (const Section& section : *sections) {
        DeadZoneInput added = dead_zone_of(section, known);
        for (const DeadZoneInput& other : inputs) {
            if (other.name == added.name) {
                section.fail("\"" + added.name + "\" is named twice; give each definition its own name",
                             section.node("name"));
            }
        }
        inputs.push_back(std::move(added));
    }
    return inputs;
}

PlacesInput places_of(const Section& section, const std::filesystem::path& folder) {
    PlacesInput input;
    input.file = file_of(section, folder);
    input.id_field = section.text("id").value_or("");
    input.name_field = section.text("name").value_or("");
    input.grid_power_field = section.text("grid_power").value_or("");
    return input;
}

/// A rollout that names no level goes for the one that the study promises everybody.
void follow_target(Study& study) {
    RolloutInput& rollout = *study.rollout;
    if (rollout.ask.target_millionths) return;
    for (const TargetInput& target : study.targets) {
        if (target.technology != rollout.technology || target.rule != TargetInput::Rule::any_operator ||
            target.scope != TargetInput::Scope::everything) {
            continue;
        }
        rollout.ask.target_millionths = target.millionths;
        return;
    }
}

}  // namespace

Study parse_study(std::string_view text, const std::string& name, const std::filesystem::path& folder) {
    if (const std::string wide = wide_encoding(text); !wide.empty()) {
        throw InputError{"study '" + name + "' is " + wide + " text; convert it to UTF-8"};
    }
    toml::table root;
    try {
        root = toml::parse(text, name);
    } catch (const toml::parse_error& error) {
        throw InputError{"study '" + name + "', line " + std::to_string(error.source().begin.line) + ": " +
                         std::string{error.description()}};
    }
    const Section top{root, name, ""};
    top.allow_only({"study", "communes", "population", "coverage", "dead_zones", "settlements", "sites",
                    "event", "restoration", "target", "rollout", "output", "report"});
    Study study;
    if (const auto section = top.section("study")) {
        section->allow_only({"name", "refine"});
        study.name = section->text("name").value_or("");
        study.refine = section->integer("refine");
    }
    if (study.name.empty()) study.name = std::filesystem::path{name}.stem().string();

    const auto communes = top.section("communes");
    if (!communes) top.fail("the table [communes] is missing");
    study.communes = communes_of(*communes, folder);
    const auto population = top.section("population");
    if (!population) top.fail("the table [population] is missing");
    study.population = population_of(*population, folder);
    study.coverage = all_coverage_of(top, folder);
    study.dead_zones = dead_zones_of(top, technologies_of(study.coverage));
    if (const auto section = top.section("settlements")) {
        section->allow_only({"path", "layer", "crs", "encoding", "id", "name", "grid_power"});
        study.settlements = places_of(*section, folder);
    }
    if (const auto section = top.section("sites")) {
        section->allow_only({"path", "layer", "crs", "encoding", "id", "name"});
        study.sites = places_of(*section, folder);
    }
    if (const auto section = top.section("event")) {
        study.event = event_of(*section, study.coverage, folder);
    }
    if (const auto section = top.section("restoration")) {
        if (!study.event || !study.event->sites) {
            section->fail(
                "repairs are of the sites of an event; name their table: [event.sites] path = "
                "\"sites.csv\"");
        }
        study.restoration = restoration_input_of(*section);
    }
    if (const auto sections = top.sections("target")) {
        for (const Section& section : *sections) {
            study.targets.push_back(target_of(section, technologies_of(study.coverage)));
        }
    }
    if (const auto section = top.section("rollout")) {
        study.rollout = rollout_of(*section, technologies_of(study.coverage), folder);
        follow_target(study);
        const RolloutAsk& ask = study.rollout->ask;
        if (ask.floor_millionths > 0 && !ask.target_millionths) {
            section->fail(
                "'floor_percent' is of the communes on the way to a level; write percent = 90 as well",
                section->node("floor_percent"));
        }
    }
    if (const auto output = top.section("output")) {
        output->allow_only({"service_raster", "distance_raster", "csv_dialect", "pmtiles"});
        if (const auto raster = output->text("service_raster"))
            study.service_raster = service_raster_of(*raster);
        study.distance_raster = output->yes_or_no("distance_raster").value_or(false);
        study.web_tiles = output->yes_or_no("pmtiles").value_or(false);
        if (const auto dialect = output->text("csv_dialect")) study.csv_dialect = csv_dialect_of(*dialect);
    }
    if (const auto report = top.section("report")) {
        report->allow_only({"language"});
        if (const auto word = report->text("language")) {
            const auto language = report_language_of(*word);
            if (!language) report->fail("language is vi or en", report->node("language"));
            study.report_language = *language;
        }
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

std::optional<ReportLanguage> report_language_of(std::string_view word) {
    if (word == "vi") return ReportLanguage::vietnamese;
    if (word == "en") return ReportLanguage::english;
    return std::nullopt;
}

const char* report_language_word(ReportLanguage language) {
    return language == ReportLanguage::english ? "en" : "vi";
}

ServiceRaster service_raster_of(const std::string& word) {
    if (word == "study_cells") return ServiceRaster::study_cells;
    if (word == "population_share") return ServiceRaster::population_share;
    if (word == "none") return ServiceRaster::none;
    throw InputError{"service_raster '" + word +
                     "' is not known; write study_cells, population_share or none"};
}

CsvDialect csv_dialect_of(const std::string& word) {
    if (word == "rfc") return CsvDialect::rfc;
    if (word == "excel-vi") return CsvDialect::excel_vi;
    throw InputError{"csv_dialect '" + word + "' is not known; write rfc or excel-vi"};
}

}  // namespace phusong::io
