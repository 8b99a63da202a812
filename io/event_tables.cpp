#include "io/event_tables.hpp"

#include <array>
#include <string>
#include <utility>
#include <vector>

#include "engine/lost_people.hpp"
#include "io/result_tables.hpp"
#include "io/row_builder.hpp"
#include "io/text/number.hpp"

namespace phusong::io {

namespace {

/// A commune or everything, by the result and by its event.
struct EventPlace {
    std::string code;
    const PlaceResult* people = nullptr;
    const PlaceImpact* impact = nullptr;
    const PlaceOutlook* outlook = nullptr;
};

/// Communes by code, then everything.
std::vector<EventPlace> all_places(const StudyResult& result) {
    const EventResult& event = *result.event;
    std::vector<EventPlace> places;
    for (const PlaceResult& commune : result.communes) {
        places.push_back(
            {commune.code, &commune, &event.zones[commune.zone], &event.outlook.zones[commune.zone]});
    }
    places.push_back({"total", &result.total, &event.total, &event.outlook.total});
    return places;
}

void put_place(RowBuilder& row, const EventPlace& place) {
    row.next_row();
    row.text("code", place.code);
    row.text("name", place.people->name);
    row.text("province", place.people->province);
}

const char* kind_word(LossQuestion::Kind kind) {
    switch (kind) {
        case LossQuestion::Kind::any_mobile:
            return "any";
        case LossQuestion::Kind::technology:
            return "technology";
        case LossQuestion::Kind::mobile_of_operator:
            return "operator";
    }
    return "";
}

constexpr std::array service_words{std::pair{Service::served, "served"},
                                   std::pair{Service::unserved, "unserved"},
                                   std::pair{Service::unknown, "unknown"}};

const char* status_word(Status status) {
    switch (status) {
        case Status::up:
            return "up";
        case Status::down:
            return "down";
        case Status::unknown:
            return "unknown";
    }
    return "";
}

/// As columns call it.
const char* cause_word(OutageCause cause) {
    switch (cause) {
        case OutageCause::none:
            return "";
        case OutageCause::structure:
            return "damage";
        case OutageCause::power:
            return "power";
        case OutageCause::transport:
            return "transport";
        case OutageCause::unattributed:
            return "unattributed";
    }
    return "";
}

/// "outage_6h", "outage_0_5h".
std::string outage_column(double hours) {
    return "outage_" + column_word(shortest(hours)) + "h";
}

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : ";") + word;
    return text;
}

/// Writes the rows of sites.
class SiteRows {
public:
    SiteRows(const Plan& plan, const StudyResult& result, const SiteHomes& homes, const ToLonLat& to_lonlat,
             bool synthetic, Table& table)
        : plan_{plan},
          event_{*result.event},
          homes_{homes},
          to_lonlat_{to_lonlat},
          synthetic_{synthetic},
          row_{table} {}

    void put(std::size_t number) {
        const auto& home = homes_.of_site[number];
        put(plan_.event->sites.sites[number], event_.outlook.sites[number],
            home ? plan_.zones[*home].code : "");
    }
    void put_headings() {
        SiteOutlook nothing;
        nothing.outage.resize(event_.outlook.hours.size());
        row_.headings_only([&] { put({}, nothing, ""); });
    }

private:
    void put(const SiteRecord& site, const SiteOutlook& outlook, const std::string& commune) {
        row_.next_row();
        row_.text("id", site.id);
        row_.text("operator", site.operator_name);
        row_.text("technologies", joined(site.technologies));
        row_.text("commune", commune);
        const Point place = to_lonlat_(site.position);
        row_.real("longitude", centimetre(place.x));
        row_.real("latitude", centimetre(place.y));
        row_.text("observed", status_word(outlook.observed));
        row_.text("cause", cause_word(outlook.cause));
        for (std::size_t h = 0; h < event_.outlook.hours.size(); ++h) {
            row_.real(outage_column(event_.outlook.hours[h]), outlook.outage[h]);
        }
        row_.integer("scenarios", std::int64_t{event_.outlook.scenarios});
        row_.integer("out_damage", outlook.counts.structure);
        row_.integer("out_power", outlook.counts.power);
        row_.integer("out_transport", outlook.counts.transport);
        row_.integer("out_unattributed", outlook.counts.unattributed);
        row_.text("synthetic", yes_or_nothing(synthetic_));
    }

    const Plan& plan_;
    const EventResult& event_;
    const SiteHomes& homes_;
    const ToLonLat& to_lonlat_;
    bool synthetic_;
    RowBuilder row_;
};

}  // namespace

Table transitions_table(const Plan& plan, const Sources& sources, const StudyResult& result) {
    const bool synthetic = is_synthetic(sources);
    Table table =
        table_of(plan, "transitions", "People by their service before and after the event", synthetic);
    RowBuilder row{table};
    for (const EventPlace& place : all_places(result)) {
        for (std::size_t q = 0; q < plan.event->questions.size(); ++q) {
            const LossQuestion& question = plan.event->questions[q];
            const Transitions& moved = place.impact->of_question[q];
            put_place(row, place);
            row.text("question", question.name);
            row.text("kind", kind_word(question.kind));
            row.real("served_before", moved.before().served.people.value());
            row.real("served_after", moved.after().served.people.value());
            for (const auto& [before, before_word] : service_words) {
                for (const auto& [after, after_word] : service_words) {
                    row.real(std::string{before_word} + "_to_" + after_word,
                             moved.of(before, after).people.value());
                }
            }
            row.text("synthetic", yes_or_nothing(synthetic));
        }
    }
    return table;
}

Table people_dark_over_time_table(const Plan& plan, const Sources& sources, const StudyResult& result) {
    const bool synthetic = is_synthetic(sources);
    Table table =
        table_of(plan, "people_dark_over_time", "People without any mobile service, hour by hour", synthetic);
    RowBuilder row{table};
    const std::vector<double>& hours = result.event->outlook.hours;
    for (const EventPlace& place : all_places(result)) {
        for (std::size_t h = 0; h < hours.size(); ++h) {
            const PeopleInterval dark = dark_people_at(*place.impact, *place.outlook, h);
            put_place(row, place);
            row.real("hours", hours[h]);
            row.real("people_dark", dark.headline);
            row.real("people_dark_low", dark.low);
            row.real("people_dark_high", dark.high);
            row.text("synthetic", yes_or_nothing(synthetic));
        }
    }
    return table;
}

Table site_outages_table(const Plan& plan, const Sources& sources, const StudyResult& result,
                         const SiteHomes& homes, const ToLonLat& to_lonlat) {
    const bool synthetic = is_synthetic(sources);
    Table table = table_of(plan, "sites", "What became of each site after the event", synthetic);
    SiteRows rows{plan, result, homes, to_lonlat, synthetic, table};
    const std::size_t sites = result.event->outlook.sites.size();
    for (std::size_t number = 0; number < sites; ++number) rows.put(number);
    if (sites == 0) rows.put_headings();
    return table;
}

}  // namespace phusong::io
