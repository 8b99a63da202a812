#include "io/text/event_manifest.hpp"

#include "io/text/event_words.hpp"

namespace phusong::io {

namespace {

using Json = nlohmann::ordered_json;

template <typename Source>
std::string operation_of(const Source& source) {
    return operation_words(source.from_study ? source.from_study->operation() : source.operation);
}

Json after_json(const CoverageInput& input, const CoverageSource& source) {
    Json json{{"technology", input.technology}, {"operator", input.operator_name}, {"path", input.file.path}};
    json.update(rule_json(input.rule));
    json["coordinate_operation"] = operation_of(source);
    json["synthetic"] = source.synthetic;
    return json;
}

Json damage_json(const DamageInput& input, const DamageSource& source) {
    Json json{{"path", input.file.path}, {"kind", source.raster ? "raster" : "polygons"}};
    if (!source.raster) json["areas"] = source.areas.size();
    json["severity_field"] = input.severity_field;
    json["technology_field"] = input.technology_field;
    json["technologies"] = input.technologies;
    json["cause"] = input.cause;
    json["redundancy"] = input.redundancy == 0 ? Json() : Json(input.redundancy);
    json["coordinate_operation"] = operation_of(source);
    json["synthetic"] = source.synthetic;
    return json;
}

Json wind_json(const WindInput& wind) {
    if (wind.track.path.empty()) {
        return {{"from", "raster"},
                {"path", wind.raster.path},
                {"averaging", word_for(averaging_words, wind.averaging)}};
    }
    Json json{{"from", "track"},
              {"modelled", true},
              {"path", wind.track.path},
              {"storm", wind.storm},
              {"profile", "Holland et al. 2010, open land"},
              {"inland_decay", wind.inland_decay},
              {"extend_hours", wind.extend_hours}};
    json["radius_of_maximum_km"] = wind.radius_of_maximum_km ? Json(*wind.radius_of_maximum_km) : Json();
    return json;
}

Json curves_json(const HazardRules& rules) {
    Json json = Json::array();
    for (const auto& [name, source] : rules.sources) json.push_back({{"name", name}, {"source", source}});
    return json;
}

Json sites_json(const EventInput& event, const SiteTable& table) {
    const SiteTableInput& input = *event.sites;
    Json json{{"path", input.file.path}, {"count", table.sites.size()}};
    json["radius_m"] = input.radius_m ? Json(*input.radius_m) : Json();
    for (const auto& [meaning, column] : input.fields) json["fields"][meaning] = column;
    if (!input.footprints.path.empty()) json["footprints"] = input.footprints.path;
    if (event.status) json["status"] = event.status->path;
    json["wind"] = event.wind ? wind_json(*event.wind) : Json();
    const auto& design = table.rules.default_design_gust;
    json["default_design_gust_ms"] = design ? Json(design->metres_per_second()) : Json();
    json["flood_depth"] = event.flood_depth ? Json(event.flood_depth->path) : Json();
    json["grid_power"] = Json::array();
    for (const PowerOutageInput& power : event.power) {
        json["grid_power"].push_back(
            {{"path", power.file.path}, {"lost", power.lost_field}, {"restored", power.restored_field}});
    }
    json["curves"] = curves_json(table.rules);
    json["hazard_error"] = table.rules.hazard_error;
    json["coordinate_operation"] = operation_words(table.operation);
    json["synthetic"] = table.synthetic;
    return json;
}

}  // namespace

Json rule_json(const ServiceRule& rule) {
    switch (rule.kind) {
        case ServiceRule::Kind::present:
            return {{"rule", "present"}};
        case ServiceRule::Kind::classes:
            return {{"rule", "classes"}, {"served", rule.served}, {"unserved", rule.unserved}};
        case ServiceRule::Kind::signal:
            return {{"rule", "signal"}, {"quantity", rule.quantity}, {"threshold_dbm", rule.threshold_dbm}};
        case ServiceRule::Kind::share:
            return {{"rule", "share"}, {"full_value", rule.full_value}};
    }
    return {};
}

std::string operation_words(const std::string& operation) {
    return operation.empty() ? "none, same CRS" : operation;
}

Json event_json(const Study& study, const Sources& sources) {
    const EventInput& event = *study.event;
    const EventSources& opened = *sources.event;
    Json json{{"name", event.name}};
    json["time"] = event.time_text.empty() ? Json() : Json(event.time_text);
    json["hours"] = event.hours;
    json["scenarios"] = event.scenarios;
    json["seed"] = event.seed;
    json["generators"] = event.share_with_generators;
    json["floor_share"] = event.floor_share;
    json["customers"] = Json::object();
    for (const auto& [name, part] : event.customers) json["customers"][name] = part;
    json["after"] = Json::array();
    for (std::size_t i = 0; i < event.after.size(); ++i) {
        json["after"].push_back(after_json(event.after[i], opened.after[i]));
    }
    json["damage"] = Json::array();
    for (std::size_t i = 0; i < event.damage.size(); ++i) {
        json["damage"].push_back(damage_json(event.damage[i], opened.damage[i]));
    }
    json["sites"] = opened.sites ? sites_json(event, *opened.sites) : Json();
    json["index"] = Json::array();
    for (const IndexCriterion& criterion : event.index) {
        json["index"].push_back({{"criterion", word_for(criterion_words, criterion.kind)},
                                 {"none", criterion.none},
                                 {"full", criterion.full}});
    }
    return json;
}

}  // namespace phusong::io
