#include "io/impact_table.hpp"

#include <algorithm>
#include <numeric>
#include <optional>
#include <string>
#include <vector>

#include "engine/lost_people.hpp"
#include "io/event_basis.hpp"
#include "io/result_tables.hpp"
#include "io/row_builder.hpp"

namespace phusong::io {

namespace {

/// Sites of one place and operator.
struct SiteCounts {
    std::int64_t all = 0;
    std::int64_t out = 0;
    std::int64_t damage = 0;
    std::int64_t power = 0;
    std::int64_t transport = 0;
    std::int64_t unattributed = 0;
    std::int64_t unknown = 0;
    double expected_out = 0;

    void add(const SiteOutlook& site, std::size_t hour) {
        ++all;
        expected_out += site.outage[hour];
        if (site.observed == Status::unknown) ++unknown;
        if (site.observed != Status::down) return;
        ++out;
        switch (site.cause) {
            case OutageCause::structure:
                ++damage;
                return;
            case OutageCause::power:
                ++power;
                return;
            case OutageCause::transport:
                ++transport;
                return;
            case OutageCause::none:
            case OutageCause::unattributed:
                ++unattributed;
                return;
        }
    }
};

/// One commune or everything, with all that is known of it.
struct ImpactPlace {
    const PlaceResult* people = nullptr;
    const PlaceImpact* impact = nullptr;
    const PlaceOutlook* outlook = nullptr;
    std::vector<std::size_t> sites;  ///< that count in it
    const char* basis = "";
};

/// The question "any mobile service", and those about one operator.
std::vector<std::size_t> asked_questions(const EventPlan& event) {
    std::vector<std::size_t> asked{0};
    for (std::size_t q = 1; q < event.questions.size(); ++q) {
        if (event.questions[q].kind == LossQuestion::Kind::mobile_of_operator) asked.push_back(q);
    }
    return asked;
}

/// Writes the rows of one table.
class ImpactRows {
public:
    ImpactRows(const Plan& plan, const Sources& sources, const StudyResult& result, const SiteHomes& homes,
               Table& table)
        : plan_{plan},
          event_{*result.event},
          homes_{homes},
          at_home_(plan.zones.size()),
          synthetic_{is_synthetic(sources)},
          row_{table} {
        for (std::size_t site = 0; site < homes_.of_site.size(); ++site) {
            if (homes_.of_site[site]) at_home_[*homes_.of_site[site]].push_back(site);
        }
    }

    [[nodiscard]] ImpactPlace of_commune(const PlaceResult& commune) const {
        const std::size_t zone = commune.zone;
        return {&commune, &event_.zones[zone], &event_.outlook.zones[zone], at_home_[zone],
                basis_of(plan_, event_.outlook, homes_.serving[zone]).words()};
    }
    [[nodiscard]] ImpactPlace of_everything(const PlaceResult& total) const {
        std::vector<std::size_t> all(event_.outlook.sites.size());
        std::iota(all.begin(), all.end(), std::size_t{0});
        return {&total, &event_.total, &event_.outlook.total, all, basis_of(plan_, event_.outlook).words()};
    }

    void put(const ImpactPlace& place, std::size_t question) {
        const bool any = question == 0;
        row_.next_row();
        row_.text("code", place.people->code);
        row_.text("name", place.people->name);
        row_.text("province", place.people->province);
        row_.text("operator", any ? "any" : plan_.event->questions[question].name);
        put_sites(place, question);
        put_people(place, question);
        put_dark(place, question);
        put_outlook(place, any);
        row_.text("basis", place.basis);
        row_.text("synthetic", yes_or_nothing(synthetic_));
    }

private:
    void put_sites(const ImpactPlace& place, std::size_t question) {
        SiteCounts counts;
        for (const std::size_t site : place.sites) {
            if (question > 0 &&
                plan_.event->sites.sites[site].operator_name != plan_.event->questions[question].name) {
                continue;
            }
            counts.add(event_.outlook.sites[site], event_.outlook.headline);
        }
        const bool known = !event_.outlook.sites.empty();
        row_.integer("sites", value_if(known, counts.all));
        row_.integer("sites_out", value_if(known, counts.out));
        row_.integer("sites_out_damage", value_if(known, counts.damage));
        row_.integer("sites_out_power", value_if(known, counts.power));
        row_.integer("sites_out_transport", value_if(known, counts.transport));
        row_.integer("sites_out_unattributed", value_if(known, counts.unattributed));
        row_.integer("sites_unknown", value_if(known, counts.unknown));
        row_.real("sites_out_expected", value_if(known, counts.expected_out));
    }

    void put_people(const ImpactPlace& place, std::size_t question) {
        const Transitions& moved = place.impact->of_question[question];
        const Persons to_unknown = moved.of(Service::served, Service::unknown).people;
        const Persons from_unknown = moved.of(Service::unknown, Service::served).people;
        const Persons unclear = moved.unclear().people + moved.of(Service::unknown, Service::unknown).people;
        row_.real("people",
                  people_if(place.people->people.has_value(), place.people->people.value_or(Persons{})));
        row_.real("served_before", moved.before().served.people.value());
        row_.real("lost", moved.lost().people.value());
        row_.real("gained", moved.gained().people.value());
        row_.real("change_in_unknown", (from_unknown - to_unknown).value());
        row_.real("served_after", moved.after().served.people.value());
        row_.real("unclear", unclear.value());
        row_.real("degraded", people_if(question == 0, place.impact->degraded));
        const MapLoss& maps = place.impact->by_maps[question];
        row_.real("lost_by_maps_low", maps.low.value());
        row_.real("lost_by_maps", maps.headline.value());
        row_.real("lost_by_maps_most", maps.most.value());
    }

    void put_dark(const ImpactPlace& place, std::size_t question) {
        const PeopleInterval lost = lost_people(*place.impact, *place.outlook, question);
        const LossEstimate& estimate = place.outlook->of_question[question];
        row_.real("people_lost", lost.headline);
        row_.real("people_lost_low", lost.low);
        row_.real("people_lost_high", lost.high);
        row_.real("people_lost_certain", estimate.certain.value());
        const double most = std::max(estimate.before.value(), lost.headline);
        row_.real("frechet_low", std::min(most, estimate.least.value() + lost.by_severity));
        row_.real("frechet_high", std::min(most, estimate.most.value() + lost.by_severity));
        // In the dark is who has no service of any operator.
        const bool any = question == 0;
        const PeopleInterval dark = dark_people(*place.impact, *place.outlook);
        row_.real("people_dark", value_if(any, dark.headline));
        row_.real("people_dark_low", value_if(any, dark.low));
        row_.real("people_dark_high", value_if(any, dark.high));
    }

    void put_outlook(const ImpactPlace& place, bool any) {
        const PeopleInterval lost = lost_people(*place.impact, *place.outlook, 0);
        const CauseSplit& causes = place.outlook->causes;
        row_.real("lost_by_damage", value_if(any, causes.structure));
        row_.real("lost_by_power", value_if(any, causes.power));
        row_.real("lost_by_transport", value_if(any, causes.transport));
        row_.real("lost_by_unattributed", value_if(any, causes.unattributed + lost.by_severity));
        row_.real("lost_by_mixed", value_if(any, causes.mixed));
        const PeopleInterval hours = dark_people_hours(*place.impact, *place.outlook, event_.outlook.hours);
        row_.real("people_hours", value_if(any, hours.headline));
        row_.real("people_hours_low", value_if(any, hours.low));
        row_.real("people_hours_high", value_if(any, hours.high));
        const LossSpread& dividend = place.outlook->roaming_dividend;
        row_.real("roaming_dividend", value_if(any, dividend.mean));
        row_.real("roaming_dividend_low", people_if(any, dividend.low));
        row_.real("roaming_dividend_high", people_if(any, dividend.high));
        row_.real("without_site", people_if(any, place.outlook->without_site));
    }

    const Plan& plan_;
    const EventResult& event_;
    const SiteHomes& homes_;
    std::vector<std::vector<std::size_t>> at_home_;
    bool synthetic_;
    RowBuilder row_;
};

Table empty_table(const Plan& plan, const Sources& sources) {
    return table_of(
        plan, "impact",
        "People and sites after the event '" + plan.study.event->name + "', by commune and operator",
        is_synthetic(sources));
}

}  // namespace

Table impact_table(const Plan& plan, const Sources& sources, const StudyResult& result,
                   const SiteHomes& homes) {
    Table table = empty_table(plan, sources);
    ImpactRows rows{plan, sources, result, homes, table};
    const std::vector<std::size_t> questions = asked_questions(*plan.event);
    for (const PlaceResult& commune : result.communes) {
        const ImpactPlace place = rows.of_commune(commune);
        for (const std::size_t question : questions) rows.put(place, question);
    }
    PlaceResult total = result.total;
    total.code = "total";
    const ImpactPlace everything = rows.of_everything(total);
    for (const std::size_t question : questions) rows.put(everything, question);
    return table;
}

Table impact_layer(const Plan& plan, const Sources& sources, const StudyResult& result,
                   const SiteHomes& homes) {
    Table table = empty_table(plan, sources);
    table.crs = sources.population->description().crs;
    ImpactRows rows{plan, sources, result, homes, table};
    std::vector<std::size_t> zones;
    for (const PlaceResult& commune : result.communes) {
        rows.put(rows.of_commune(commune), 0);
        zones.push_back(commune.zone);
    }
    table.shape_of = [&plan, zones](std::size_t row) { return plan.zones[zones[row]].shape; };
    return table;
}

}  // namespace phusong::io
