#include "engine/finish_event.hpp"

#include <algorithm>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "algorithms/ranking/gap_ranking.hpp"
#include "engine/dark_people.hpp"

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

/// What a commune lacks once parts of damage count as well.
Need need_with_severities(const EventResult& event, std::size_t zone, Persons people, double floor_share) {
    const PlaceImpact& impact = event.zones[zone];
    const PlaceOutlook& outlook = event.outlook.zones[zone];
    const DarkPeople dark = dark_people(impact, outlook, 0);
    const Persons before = impact.of_question.front().before().served.people;
    const double after = (before + impact.of_question.front().gained().people).value() - dark.headline;
    const bool nobody_left = before > Persons{} && after <= 0;
    return {nobody_left || after < floor_share * people.value() ? Floor::missed : Floor::kept,
            Persons::round(dark.headline),
            PeopleHours::round(dark_people_hours(impact, outlook, event.outlook.hours).headline)};
}

/// Scenarios know nothing of parts of damage. Where they are all the same, the ranking follows from both.
void rank_with_severities(EventResult& event, std::span<const std::string> codes,
                          std::span<const Persons> people, double floor_share) {
    std::vector<Need> needs;
    for (std::size_t zone = 0; zone < event.zones.size(); ++zone) {
        needs.push_back(need_with_severities(event, zone, people[zone], floor_share));
    }
    constexpr std::size_t top = 10;
    std::vector<RankedGap> ranking;
    for (const std::size_t zone : ranked(codes, needs)) {
        RankedGap gap;
        gap.zone = zone;
        gap.rank = ranking.size() + 1;
        gap.need = needs[zone];
        gap.interval = {gap.rank, gap.rank, gap.rank};
        gap.in_top_ten = gap.rank <= top ? 1 : 0;
        for (std::size_t other = 0; other < needs.size(); ++other) {
            if (other == zone || needs[other] != needs[zone] || needs[zone] == Need{}) continue;
            gap.tied.push_back(other);
        }
        ranking.push_back(std::move(gap));
    }
    event.outlook.ranking = std::move(ranking);
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
    event.outlook =
        outlook_of(*plan.study.event, *plan.event, plan.event->sites, event.fates, event.sets, codes, people);
    if (plan.event->has_severities() && event.outlook.certain) {
        rank_with_severities(event, codes, people, plan.study.event->floor_share);
    }
    return event;
}

}  // namespace phusong
