#include "io/text/event_result_json.hpp"

#include "engine/lost_people.hpp"
#include "io/event_basis.hpp"
#include "io/ranking_tables.hpp"
#include "io/text/restoration_json.hpp"

namespace phusong::io {

namespace {

using Json = nlohmann::ordered_json;

Json interval_json(const PeopleInterval& dark) {
    return {{"low", dark.low}, {"headline", dark.headline}, {"high", dark.high}};
}

}  // namespace

Json event_result_json(const Plan& plan, const StudyResult& result) {
    const EventResult& event = *result.event;
    const EventOutlook& outlook = event.outlook;
    const PeopleInterval lost = lost_people(event.total, outlook.total, 0);
    const Transitions& moved = event.total.of_question.front();
    const EventBasis basis = basis_of(plan, outlook);
    Json json{{"name", plan.study.event->name},
              {"time", plan.study.event->time_text},
              {"hours", outlook.hours},
              {"headline_hour", outlook.hours[outlook.headline]},
              {"scenarios", outlook.scenarios},
              {"seed", plan.study.event->seed},
              {"certain", outlook.certain},
              {"basis", basis.words()},
              {"maps_seen", basis.maps_seen},
              {"sites", outlook.sites.size()},
              {"sites_seen", basis.sites_seen},
              {"sites_left_to_chance", basis.sites_left_to_chance},
              {"question", plan.event->questions.front().name},
              {"served_before", moved.before().served.people.value()},
              {"lost", moved.lost().people.value()},
              {"gained", moved.gained().people.value()},
              {"served_after", moved.after().served.people.value()},
              {"people_dark", interval_json(dark_people(event.total, outlook.total))},
              {"people_lost", interval_json(lost)},
              {"people_lost_certain", outlook.total.of_question.front().certain.value()},
              {"people_hours", interval_json(dark_people_hours(event.total, outlook.total, outlook.hours))}};
    const CauseSplit& causes = outlook.total.causes;
    json["dark_by"] = {{"damage", causes.structure},
                       {"power", causes.power},
                       {"transport", causes.transport},
                       {"unattributed", causes.unattributed + lost.by_severity},
                       {"mixed", causes.mixed}};
    const LossSpread& dividend = outlook.total.roaming_dividend;
    json["roaming_dividend"] = {
        {"low", dividend.low.value()}, {"mean", dividend.mean}, {"high", dividend.high.value()}};
    if (event.hardening) {
        const Hardening& hardening = *event.hardening;
        json["hardening"] = {{"sites", hardening.sites.size()},
                             {"people_served", hardening.served.value()},
                             {"people_kept", hardening.kept.value()},
                             {"people_kept_at_most", hardening.bound.value()},
                             {"gap", hardening.gap()},
                             {"communes_without_site", hardening.homeless.size()}};
    }
    if (event.restoration) json["restoration"] = restoration_json(*event.restoration);
    return json;
}

Json gaps_json(const Plan& plan, const StudyResult& result, std::size_t most) {
    const EventResult& event = *result.event;
    Json gaps = Json::array();
    for (const GapRow& row : gap_rows(result)) {
        if (!row.in_need || gaps.size() == most) break;
        const RankedGap& gap = *row.gap;
        const PlaceImpact& impact = event.zones[gap.zone];
        const PlaceOutlook& outlook = event.outlook.zones[gap.zone];
        Json one{{"rank", gap.rank},
                 {"rank_low", gap.interval.low},
                 {"rank_high", gap.interval.high},
                 {"code", row.commune->code},
                 {"name", row.commune->name},
                 {"under_floor", gap.need.floor == Floor::missed},
                 {"people_dark", interval_json(dark_people(impact, outlook))},
                 {"people_hours", interval_json(dark_people_hours(impact, outlook, event.outlook.hours))},
                 {"tied_with", Json::array()}};
        for (const std::size_t zone : gap.tied) one["tied_with"].push_back(plan.zones[zone].code);
        gaps.push_back(std::move(one));
    }
    return gaps;
}

}  // namespace phusong::io
