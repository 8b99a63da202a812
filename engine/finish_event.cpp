#include "engine/finish_event.hpp"

#include <algorithm>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "algorithms/ranking/gap_ranking.hpp"

namespace phusong {

namespace {

bool lost_one_keeps_another(ServiceState state, const Plan& plan) {
    const EventPlan& event = *plan.event;
    const std::vector<std::size_t>& mobile = event.questions.front().layers;
    if (any_of_after(state, mobile, event) != Service::served) return false;
    return std::any_of(plan.technologies.begin(), plan.technologies.end(), [&](const Technology& technology) {
        const bool asked = std::find(mobile.begin(), mobile.end(), technology.layers.front()) != mobile.end();
        return asked && any_of(state, technology.layers) == Service::served &&
               any_of_after(state, technology.layers, event) == Service::unserved;
    });
}

PlaceImpact impact_of(const Plan& plan, const ZoneLedger& zone, const ServingSets& sets) {
    const EventPlan& event = *plan.event;
    PlaceImpact impact;
    impact.of_question.resize(event.questions.size());
    impact.by_maps.resize(event.questions.size());
    impact.lost_on_maps.resize(event.questions.size());
    for (const Ledger::Row& row : rows_after(zone, sets, event)) {
        for (std::size_t q = 0; q < event.questions.size(); ++q) {
            const auto& layers = event.questions[q].layers;
            impact.of_question[q].add(any_of(row.key.state, layers),
                                      any_of_after(row.key.state, layers, event), row.amount);
        }
        if (lost_one_keeps_another(row.key.state, plan)) impact.degraded += row.amount.people;
    }
    for (std::size_t q = 0; q < event.questions.size(); ++q) {
        MapLoss& loss = impact.by_maps[q];
        Persons& lost = impact.lost_on_maps[q];
        for (const SharedFates::Row& row : zone.fates) {
            const auto& layers = event.questions[q].layers;
            if (any_of(row.key.state, layers) != Service::served) continue;
            const Service after = any_of_after(row.key.state, layers, event);
            if (after == Service::unserved) lost += row.amount.people;
            if (after != Service::served) loss.most += row.amount.people;
        }
        loss.low = lost;
        loss.headline = lost;
        if (!event.has_severities()) continue;
        loss = {zone.severities[severity_parts * q], zone.severities[severity_parts * q + 1],
                zone.severities[severity_parts * q + 2]};
    }
    return impact;
}

/// People whom sites do not matter to: never served, or lost under damage that takes a part of the service.
Persons dark_anyway(const PlaceImpact& impact) {
    const Persons never = impact.of_question.front().of(Service::unserved, Service::unserved).people;
    const Persons partly = impact.by_maps.front().headline - impact.lost_on_maps.front();
    return never + std::max(Persons{}, partly);
}

}  // namespace

void PlaceImpact::merge(const PlaceImpact& other) {
    of_question.resize(other.of_question.size());
    by_maps.resize(other.by_maps.size());
    lost_on_maps.resize(other.lost_on_maps.size());
    for (std::size_t q = 0; q < by_maps.size(); ++q) {
        of_question[q].merge(other.of_question[q]);
        by_maps[q].low += other.by_maps[q].low;
        by_maps[q].headline += other.by_maps[q].headline;
        by_maps[q].most += other.by_maps[q].most;
        lost_on_maps[q] += other.lost_on_maps[q];
    }
    degraded += other.degraded;
}

void PlaceImpact::subtract(const PlaceImpact& other) {
    for (std::size_t q = 0; q < by_maps.size(); ++q) {
        of_question[q].subtract(other.of_question[q]);
        by_maps[q].low -= other.by_maps[q].low;
        by_maps[q].headline -= other.by_maps[q].headline;
        by_maps[q].most -= other.by_maps[q].most;
        lost_on_maps[q] -= other.lost_on_maps[q];
    }
    degraded -= other.degraded;
}

EventResult finish_event(const Plan& plan, const ServingSets& sets,
                         const std::map<ZoneNumber, ZoneLedger>& zones, const StudyResult& result) {
    EventResult event;
    for (std::size_t i = 0; i < plan.zones.size(); ++i) {
        const ZoneLedger& zone = zones.at(static_cast<ZoneNumber>(i));
        event.zones.push_back(impact_of(plan, zone, sets));
        event.total.merge(event.zones.back());
        event.fates.insert(event.fates.end(), zone.fates.begin(), zone.fates.end());
    }
    const auto twice = zones.find(counted_twice);
    // Official head counts count nobody twice, whatever the drawn borders do.
    if (twice != zones.end() && !result.raked) {
        event.total.subtract(impact_of(plan, twice->second, sets));
        event.fates.insert(event.fates.end(), twice->second.fates.begin(), twice->second.fates.end());
    }
    event.sets = sets;
    std::vector<std::string> codes(plan.zones.size());
    std::vector<Persons> people(plan.zones.size());
    for (const PlaceResult& commune : result.communes) {
        codes[commune.zone] = commune.code;
        people[commune.zone] = commune.people.value_or(Persons{});
    }
    std::vector<Persons> anyway;
    for (const PlaceImpact& impact : event.zones) anyway.push_back(dark_anyway(impact));
    event.outlook = outlook_of(*plan.study.event, *plan.event, plan.event->sites, event.fates, event.sets,
                               codes, people, anyway);
    if (plan.study.restoration && !plan.event->sites.sites.empty()) {
        event.restoration =
            restoration_of(*plan.study.restoration, *plan.study.event, *plan.event, event.fates, event.sets,
                           event.outlook.hours[event.outlook.headline]);
    }
    if (plan.study.event->hardened_site_per_commune && !plan.event->sites.sites.empty()) {
        event.hardening = hardening_of(*plan.event, event.fates, event.sets, plan.zones.size());
    }
    return event;
}

}  // namespace phusong
