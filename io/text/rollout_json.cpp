#include "io/text/rollout_json.hpp"

#include <optional>

#include "io/rollout_tables.hpp"

namespace phusong::io {

namespace {

using Json = nlohmann::ordered_json;

template <typename Value>
Json number_or_null(const std::optional<Value>& value) {
    return value ? Json(value->value()) : Json(nullptr);
}

Json plan_json(const CoveragePlan& plan) {
    return {{"sites", plan.steps.size()},
            {"cost", plan.cost.value()},
            {"people_added", plan.covered.value()},
            {"people_added_at_most", plan.bound.value()},
            {"gap", plan.gap()}};
}

Json target_json(const LeastCostPlan& plan) {
    Json json{{"sites", plan.steps.size()},
              {"cost", plan.cost.value()},
              {"cost_at_least", plan.bound.value()},
              {"gap", plan.gap()},
              {"people_added", plan.covered.value()},
              {"people_asked", plan.asked.value()},
              {"people_reachable", plan.reachable.value()},
              {"met", plan.met()},
              {"communes_below_floor", plan.unreachable_floors.size()}};
    return json;
}

}  // namespace

Json rollout_json(const RolloutArchive& archive, const RolloutPlans& plans) {
    const RolloutGrounds& grounds = archive.grounds;
    Json json{{"technology", grounds.technology},           {"currency", archive.currency},
              {"people", grounds.people.value()},           {"served", grounds.served.value()},
              {"unknown", grounds.unknown.value()},         {"candidates", grounds.candidates.size()},
              {"people_reachable", plans.reachable.value()}};
    Json& by_name = json["plans"] = Json::object();
    if (plans.to_target) by_name["target"] = target_json(*plans.to_target);
    if (plans.by_budget) by_name["budget"] = plan_json(*plans.by_budget);
    if (plans.by_sites) by_name["sites"] = plan_json(*plans.by_sites);
    json["cost_of_all"] = plans.curve.empty() ? 0 : plans.curve.back().cost.value();
    const PercentPrices prices = percent_prices(archive.ask, grounds, plans.curve);
    json["cost_of_first_percent"] = number_or_null(prices.first);
    json["cost_of_last_percent_to_target"] = number_or_null(prices.last_to_target);
    json["cost_of_last_percent_of_all"] = number_or_null(prices.last_of_all);
    json["alternative_cheaper_from_site"] =
        plans.alternative_from ? Json(*plans.alternative_from + 1) : Json(nullptr);
    return json;
}

Json rollout_sites_json(const RolloutArchive& archive, const RolloutPlans& plans) {
    Json json = rollout_json(archive, plans);
    for (const NamedPlan& plan : named_plans(plans)) {
        Json& sites = json["plans"][plan.name]["order"] = Json::array();
        for (const CoverageStep& step : plan.steps) {
            const RolloutCandidate& site =
                archive.grounds.candidates[static_cast<std::size_t>(step.candidate)];
            const bool at_home = site.home >= 0;
            sites.push_back(
                {{"site", site.id},
                 {"origin", origin_word(site.origin)},
                 {"code", at_home ? archive.grounds.communes[static_cast<std::size_t>(site.home)].code : ""},
                 {"longitude", site.place.x},
                 {"latitude", site.place.y},
                 {"cost", step.cost.value()},
                 {"people_added", step.people.value()}});
        }
    }
    return json;
}

}  // namespace phusong::io
