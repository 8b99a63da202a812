#include "io/result_tables.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "io/row_builder.hpp"

namespace phusong::io {

namespace {

void put_technology(RowBuilder& row, const Plan& plan, std::size_t t, const PlaceResult& place) {
    const Technology& technology = plan.technologies[t];
    const TechnologyResult& result = place.technologies[t];
    const std::string stem = technology_word(technology);
    const bool known = place.has_people();
    const bool inside = place.people.has_value();
    row.answer(stem, result.any_operator, known, inside);
    TableValue error;
    if (known) error = 100 * result.sampling_error / place.people->value();
    row.real(stem + "_sampling_error_pct", error);

    TableValue area_low;
    TableValue area_high;
    if (place.area > Area{}) {
        const Interval interval = share_of_area(result.yes_no);
        area_low = 100 * interval.low;
        area_high = 100 * interval.high;
    }
    row.real(stem + "_area_low_pct", area_low);
    row.real(stem + "_area_high_pct", area_high);
    if (technology.layers.size() < 2) return;

    const CoverageInput& best = plan.study.coverage[technology.layers[result.best_operator]];
    row.text(stem + "_best_operator", known ? best.operator_name : "");
    row.percent(stem + "_best_operator", result.of_operator[result.best_operator], known);
    row.percent(stem + "_all_operators", result.all_operators, known);
    for (std::size_t n = 0; n < result.served_by.size(); ++n) {
        row.real(stem + "_n_operators_" + std::to_string(n), people_if(inside, result.served_by[n]));
    }
    for (std::size_t i = 0; i < technology.layers.size(); ++i) {
        const CoverageInput& input = plan.study.coverage[technology.layers[i]];
        row.answer(stem + "_" + column_word(input.operator_name), result.of_operator[i], known, inside);
    }
}

/// What of the dead zones lies in one place, by definition.
using PlaceDeadZones = std::vector<CommuneDeadZones>;

void put_dead_zones(RowBuilder& row, const Plan& plan, const StudyResult& result, const PlaceResult& place,
                    const PlaceDeadZones& inside) {
    const bool in_raster = place.inside_raster > 0;
    const bool known = place.people.has_value();
    for (std::size_t d = 0; d < inside.size(); ++d) {
        const std::string& name = plan.dead_zones[d].input.name;
        const CommuneDeadZones& found = inside[d];
        const bool any = found.largest > 0;
        const std::int64_t id = any ? result.dead_zones[d].zones[found.largest - 1].id : 0;
        row.integer(name + "_dead_zones", value_if(in_raster, static_cast<std::int64_t>(found.zones)));
        row.real(name + "_dead_zone_people", people_if(known, found.people));
        row.integer(name + "_largest_dead_zone", value_if(any, id));
        row.real(name + "_largest_dead_zone_people", people_if(known && any, found.largest_people));
    }
}

void add_zone(CommuneDeadZones& place, const DeadZone& zone, Persons people) {
    ++place.zones;
    place.people += people;
    if (place.largest > 0 && people <= place.largest_people) return;
    place.largest = zone.rank;
    place.largest_people = people;
}

/// A zone that lies in several communes of a province is one zone of it.
std::map<std::string, PlaceDeadZones> by_province(const Plan& plan, const StudyResult& result) {
    std::map<std::string, PlaceDeadZones> provinces;
    for (const PlaceResult& province : result.provinces) {
        provinces[province.name].resize(result.dead_zones.size());
    }
    for (std::size_t d = 0; d < result.dead_zones.size(); ++d) {
        for (const DeadZone& zone : result.dead_zones[d].zones) {
            std::map<std::string, Persons> people;
            for (const DeadZonePart& part : zone.communes) {
                people[plan.zones[part.zone].province] += part.people;
            }
            for (const auto& [province, inside] : people) add_zone(provinces[province][d], zone, inside);
        }
    }
    return provinces;
}

PlaceDeadZones of_commune(const StudyResult& result, const PlaceResult& commune) {
    PlaceDeadZones inside;
    for (const DeadZones& found : result.dead_zones) inside.push_back(found.communes[commune.zone]);
    return inside;
}

PlaceDeadZones of_everything(const StudyResult& result) {
    PlaceDeadZones inside(result.dead_zones.size());
    for (std::size_t d = 0; d < inside.size(); ++d) {
        for (const DeadZone& zone : result.dead_zones[d].zones) add_zone(inside[d], zone, zone.people);
    }
    return inside;
}

void put_place(RowBuilder& row, const Plan& plan, const StudyResult& result, const PlaceResult& place,
               const PlaceDeadZones& dead_zones, bool synthetic) {
    row.next_row();
    row.text("code", place.code);
    row.text("name", place.name);
    row.text("province", place.province);
    row.real("people", people_if(place.people.has_value(), place.people.value_or(Persons{})));
    row.real("raster_people",
             people_if(place.people || place.raster_people > Persons{}, place.raster_people));
    if (!plan.study.population.adjust_to.empty()) {
        row.real("official_people",
                 value_if(place.official_people.has_value(), place.official_people.value_or(0)));
        row.real("raking_factor", value_if(place.raking_factor.has_value(), place.raking_factor.value_or(0)));
    }
    row.real("area_km2", square_kilometres(place.area));
    row.real("inside_raster_pct", 100 * place.inside_raster);
    for (std::size_t t = 0; t < plan.technologies.size(); ++t) put_technology(row, plan, t, place);
    const bool inside = place.people.has_value();
    for (std::size_t c = 0; c < plan.combinations.size(); ++c) {
        const std::string& name = plan.combinations[c].name;
        const Answer& answer = place.combinations[c];
        row.real(name, people_if(inside, answer.served.people));
        row.real(name + "_unknown", people_if(inside, answer.unknown.people));
    }
    put_dead_zones(row, plan, result, place, dead_zones);
    row.text("synthetic", yes_or_nothing(synthetic));
}

}  // namespace

std::string column_word(const std::string& text) {
    std::string word;
    for (const char c : text) {
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
            word += c;
        } else if (c >= 'A' && c <= 'Z') {
            word += static_cast<char>(c - 'A' + 'a');
        } else if (!word.empty() && word.back() != '_') {
            word += '_';
        }
    }
    while (!word.empty() && word.back() == '_') word.pop_back();
    return word;
}

std::string technology_word(const Technology& technology) {
    return technology.meaning.empty() ? technology.name : technology.name + "_" + technology.meaning;
}

namespace {

bool event_is_synthetic(const EventSources& event) {
    const auto tagged = [](const auto& layer) { return layer.synthetic; };
    return (event.sites && event.sites->synthetic) ||
           std::any_of(event.after.begin(), event.after.end(), tagged) ||
           std::any_of(event.damage.begin(), event.damage.end(), tagged);
}

}  // namespace

bool is_synthetic(const Sources& sources) {
    return sources.zones_synthetic || sources.population->description().synthetic ||
           (sources.settlements && sources.settlements->synthetic) ||
           (sources.sites && sources.sites->synthetic) ||
           (sources.rollout_candidates && sources.rollout_candidates->synthetic) ||
           (sources.event && event_is_synthetic(*sources.event)) ||
           std::any_of(sources.coverage.begin(), sources.coverage.end(),
                       [](const CoverageSource& layer) { return layer.synthetic; });
}

ToLonLat to_lonlat_of(const Plan& plan, const Sources& sources) {
    const GridSpec& grid = plan.population_grid;
    return {sources.population->description().crs,
            {grid.x_at(0), grid.y_at(grid.rows), grid.x_at(grid.columns), grid.y_at(0)}};
}

Table communes_table(const Plan& plan, const Sources& sources, const StudyResult& result) {
    Table table = communes_table(plan, result, is_synthetic(sources));
    table.crs = sources.population->description().crs;
    return table;
}

Table communes_table(const Plan& plan, const StudyResult& result, bool synthetic) {
    Table table = table_of(plan, "communes", "Share of people covered per commune", synthetic);
    RowBuilder row{table};
    std::vector<std::size_t> zones;
    for (const PlaceResult& place : result.communes) {
        put_place(row, plan, result, place, of_commune(result, place), synthetic);
        zones.push_back(place.zone);
    }
    table.shape_of = [&plan, zones](std::size_t i) { return plan.zones[zones[i]].shape; };
    return table;
}

Table provinces_table(const Plan& plan, const StudyResult& result, bool synthetic) {
    Table table =
        table_of(plan, "provinces", "Roll-up of the communes to provinces and to everything", synthetic);
    RowBuilder row{table};
    const std::map<std::string, PlaceDeadZones> dead_zones = by_province(plan, result);
    for (const PlaceResult& place : result.provinces) {
        put_place(row, plan, result, place, dead_zones.at(place.name), synthetic);
    }
    PlaceResult total = result.total;
    total.code = "total";
    put_place(row, plan, result, total, of_everything(result), synthetic);
    return table;
}

}  // namespace phusong::io
