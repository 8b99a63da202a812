#include "io/text/manifest.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "algorithms/grid/earth_distance.hpp"
#include "io/dead_zone_tables.hpp"
#include "io/result_tables.hpp"
#include "io/text/event_manifest.hpp"
#include "io/text/event_result_json.hpp"
#include "io/text/rollout_json.hpp"
#include "io/text/study_file.hpp"

namespace phusong::io {

namespace {

using Json = nlohmann::ordered_json;

std::string text_of(const Json& json) {
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

const char* raster_word(ServiceRaster raster) {
    switch (raster) {
        case ServiceRaster::study_cells:
            return "study_cells";
        case ServiceRaster::population_share:
            return "population_share";
        case ServiceRaster::none:
            return "none";
    }
    return "";
}

/// Head counts as whole units too: 64-bit integers do not survive every JSON reader as numbers.
Json people_json(Persons people) {
    return {{"people", people.value()}, {"units", std::to_string(people.units())}};
}

Json balance_json(const Balance& balance) {
    return {{"communes", people_json(balance.communes)},
            {"outside", people_json(balance.outside)},
            {"counted_twice", people_json(balance.twice)},
            {"raster", people_json(balance.raster)},
            {"unit", "2^-24 person"},
            {"holds", balance.holds()}};
}

Json problems_json(const Problems& problems) {
    Json list = Json::array();
    for (const Problem& problem : problems) {
        Json one{{"subject", problem.subject}, {"what", problem.what}};
        if (problem.affected) one["people"] = problem.affected->value();
        list.push_back(std::move(one));
    }
    return list;
}

Json grid_json(const GridSpec& grid) {
    return {{"origin_x", grid.origin_x},       {"origin_y", grid.origin_y}, {"cell_width", grid.cell_width},
            {"cell_height", grid.cell_height}, {"rows", grid.rows},         {"columns", grid.columns}};
}

/// The parameters as used, also where the study leaves them to phusong, and sums that must add up.
Json dead_zone_json(const DeadZoneInput& input, const DeadZones& found) {
    return {{"name", input.name},
            {"technologies", input.technologies},
            {"connectivity", input.connectivity},
            {"populated_only", input.populated_only},
            {"minimum_people", input.minimum_people},
            {"minimum_area_km2", input.minimum_area_km2},
            {"zones", found.zones.size()},
            {"in_zones", people_json(people_in(found.zones))},
            {"remainder_zones", found.remainder.zones},
            {"in_remainder", people_json(found.remainder.people)},
            {"unserved", people_json(found.unserved)}};
}

Json places_json(const PlacesInput& input, const PlacesSource& source) {
    return {{"path", input.file.path},
            {"count", source.places.size()},
            {"id_field", input.id_field},
            {"name_field", input.name_field},
            {"coordinate_operation", operation_words(source.operation)},
            {"synthetic", source.synthetic}};
}

Json interval_json(const Answer& answer, bool known) {
    Json json{{"served", answer.served.people.value()},
              {"unserved", answer.unserved.people.value()},
              {"unknown", answer.unknown.people.value()}};
    if (known) {
        const Interval interval = share_of_people(answer);
        json["low_pct"] = 100 * interval.low;
        json["high_pct"] = 100 * interval.high;
    }
    return json;
}

constexpr std::size_t most_zones_in_summary = 10;
constexpr std::size_t most_gaps_in_summary = 10;

/// A definition's sums and its zones with most people.
Json dead_zones_in_short(const Plan& plan, std::size_t definition, const DeadZones& found,
                         const ToLonLat& to_lonlat) {
    const DeadZoneInput& input = plan.dead_zones[definition].input;
    Json json{{"definition", input.name},
              {"technologies", input.technologies},
              {"zones", found.zones.size()},
              {"people", people_in(found.zones).value()},
              {"area_km2", square_kilometres(area_of(found.zones))},
              {"remainder_zones", found.remainder.zones},
              {"remainder_people", found.remainder.people.value()},
              {"unserved_people", found.unserved.value()},
              {"largest", Json::array()}};
    for (const DeadZone& zone : found.zones) {
        if (zone.rank > most_zones_in_summary) break;
        const Point place = to_lonlat(centre_of(plan.study_grid, zone.point));
        Json one{{"rank", zone.rank},
                 {"id", zone.id},
                 {"people", zone.people.value()},
                 {"area_km2", square_kilometres(zone.area)},
                 {"communes", Json::array()},
                 {"longitude", place.x},
                 {"latitude", place.y}};
        for (const DeadZonePart& part : zone.communes) one["communes"].push_back(plan.zones[part.zone].code);
        one["farthest_m"] = zone.farthest ? Json(zone.farthest->metres) : Json();
        json["largest"].push_back(std::move(one));
    }
    return json;
}

Json rollout_in_short(const Plan& plan, const Sources& sources, const StudyResult& result) {
    const RolloutArchive archive =
        rollout_archive_of(plan, result, is_synthetic(sources), [](Point place) { return place; });
    Json json = rollout_json(archive, result.rollout->plans);
    if (sources.rollout_candidates) {
        json["candidates_file"] = sources.rollout_candidates->name;
        json["coordinate_operation"] = operation_words(sources.rollout_candidates->operation);
    }
    return json;
}

}  // namespace

std::vector<OutputFile> digest_outputs(const std::filesystem::path& folder) {
    std::vector<OutputFile> outputs;
    for (const auto& entry : std::filesystem::directory_iterator{folder}) {
        if (entry.is_regular_file())
            outputs.push_back({entry.path().filename().string(), sha256_of(entry.path())});
    }
    std::sort(outputs.begin(), outputs.end(),
              [](const OutputFile& a, const OutputFile& b) { return a.name < b.name; });
    return outputs;
}

std::size_t seal_of(std::string_view manifest) {
    constexpr std::string_view before = "\"manifest_sha256\": \"";
    const std::size_t found = manifest.rfind(before);
    if (found == std::string_view::npos || found + before.size() + seal_digits > manifest.size())
        return std::string_view::npos;
    return found + before.size();
}

std::string seal_for(std::string manifest) {
    manifest.replace(seal_of(manifest), seal_digits, std::string(seal_digits, '0'));
    return sha256_of_bytes(manifest);
}

std::string manifest_text(const Plan& plan, const Sources& sources, const StudyResult& result,
                          const std::vector<InputFile>& inputs, const std::vector<OutputFile>& outputs,
                          const std::vector<std::pair<std::string, std::string>>& versions) {
    const Study& study = plan.study;
    Json json;
    json["format"] = "phusong manifest 1";
    json["study"] = {{"name", study.name},
                     {"synthetic_inputs", is_synthetic(sources)},
                     {"population_values", study.population.values == PopulationInput::Values::people_per_cell
                                               ? "people_per_cell"
                                               : "people_per_km2"},
                     {"adjust_to", study.population.adjust_to},
                     {"service_raster", raster_word(study.service_raster)},
                     {"distance_raster", study.distance_raster},
                     {"csv_dialect", study.csv_dialect == CsvDialect::excel_vi ? "excel-vi" : "rfc"},
                     {"report_language", report_language_word(study.report_language)}};
    for (const auto& [name, version] : versions) json["versions"][name] = version;
    json["inputs"] = Json::array();
    for (const InputFile& input : inputs) {
        json["inputs"].push_back({{"role", input.role},
                                  {"path", input.path},
                                  {"sha256", input.digest.sha256},
                                  {"bytes", input.digest.bytes}});
    }
    json["study_grid"] = grid_json(plan.study_grid);
    json["study_grid"]["crs"] = sources.population->description().crs;
    json["study_grid"]["refine"] = plan.refine;
    json["study_grid"]["refine_chosen_by"] = study.refine ? "study" : "phusong";
    json["communes"] = {{"count", plan.zones.size()},
                        {"code_field", study.communes.code_field},
                        {"name_field", study.communes.name_field},
                        {"province_field", study.communes.province_field},
                        {"coordinate_operation", operation_words(sources.zones_operation)}};
    json["layers"] = Json::array();
    for (std::size_t i = 0; i < study.coverage.size(); ++i) {
        const CoverageInput& input = study.coverage[i];
        const CoverageSource& source = sources.coverage[i];
        Json layer{
            {"technology", input.technology}, {"operator", input.operator_name}, {"path", input.file.path}};
        if (!input.meaning.empty()) layer["meaning"] = input.meaning;
        layer.update(rule_json(input.rule));
        layer["alignment"] = plan.alignments[i].words();
        layer["coordinate_operation"] =
            operation_words(source.from_study ? source.from_study->operation() : source.operation);
        layer["synthetic"] = source.synthetic;
        json["layers"].push_back(std::move(layer));
    }
    if (study.settlements && sources.settlements) {
        json["settlements"] = places_json(*study.settlements, *sources.settlements);
    }
    if (study.sites && sources.sites) json["sites"] = places_json(*study.sites, *sources.sites);
    if (study.event && sources.event) json["event"] = event_json(study, sources);
    json["dead_zones"] = Json::array();
    for (std::size_t d = 0; d < plan.dead_zones.size(); ++d) {
        json["dead_zones"].push_back(dead_zone_json(plan.dead_zones[d].input, result.dead_zones[d]));
    }
    if (result.event) json["event_result"] = event_result_json(plan, result);
    if (result.rollout) json["rollout"] = rollout_in_short(plan, sources, result);
    json["balance"] = balance_json(result.balance);
    if (result.raked) json["raked_to"] = people_json(result.rake_target);
    json["problems"] = problems_json(result.problems);
    json["outputs"] = Json::array();
    for (const OutputFile& output : outputs) {
        json["outputs"].push_back(
            {{"name", output.name}, {"sha256", output.digest.sha256}, {"bytes", output.digest.bytes}});
    }
    json["manifest_sha256"] = std::string(seal_digits, '0');
    std::string text = text_of(json);
    return text.replace(seal_of(text), seal_digits, seal_for(text));
}

std::string summary_json(const Plan& plan, const Sources& sources, const StudyResult& result,
                         const std::string& output_folder) {
    const PlaceResult& total = result.total;
    Json json{{"study", plan.study.name},
              {"output", output_folder},
              {"synthetic_inputs", is_synthetic(sources)},
              {"communes", result.communes.size()}};
    json["people"] = total.people ? Json(total.people->value()) : Json();
    for (std::size_t t = 0; t < plan.technologies.size(); ++t) {
        Json technology = interval_json(total.technologies[t].any_operator, total.has_people());
        technology["sampling_error_people"] = total.technologies[t].sampling_error;
        json["technologies"][technology_word(plan.technologies[t])] = std::move(technology);
    }
    for (std::size_t c = 0; c < plan.combinations.size(); ++c) {
        json["combinations"][plan.combinations[c].name] = {
            {"people", total.combinations[c].served.people.value()},
            {"unknown", total.combinations[c].unknown.people.value()}};
    }
    json["dead_zones"] = Json::array();
    if (!plan.dead_zones.empty()) {
        const ToLonLat to_lonlat = to_lonlat_of(plan, sources);
        for (std::size_t d = 0; d < plan.dead_zones.size(); ++d) {
            json["dead_zones"].push_back(dead_zones_in_short(plan, d, result.dead_zones[d], to_lonlat));
        }
    }
    if (result.event) {
        json["event"] = event_result_json(plan, result);
        json["event"]["gaps"] = gaps_json(plan, result, most_gaps_in_summary);
    }
    if (result.rollout) json["rollout"] = rollout_in_short(plan, sources, result);
    json["balance"] = balance_json(result.balance);
    json["problems"] = problems_json(result.problems);
    return text_of(json);
}

}  // namespace phusong::io
