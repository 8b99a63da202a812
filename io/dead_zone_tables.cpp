#include "io/dead_zone_tables.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "algorithms/dead_zones/outline.hpp"
#include "algorithms/grid/earth_distance.hpp"
#include "engine/outline_codec.hpp"
#include "io/result_tables.hpp"
#include "io/row_builder.hpp"

namespace phusong::io {

namespace {

/// A zone of the results with the number of its definition.
struct Listed {
    const DeadZone* zone = nullptr;
    std::size_t definition = 0;
};

/// Stands for a zone where a table has none, so that it has columns all the same.
const DeadZone no_zone;

std::vector<Listed> all_listed(const StudyResult& result) {
    std::vector<Listed> listed;
    for (std::size_t d = 0; d < result.dead_zones.size(); ++d) {
        for (const DeadZone& zone : result.dead_zones[d].zones) listed.push_back({&zone, d});
    }
    return listed;
}

template <typename Items, typename Word>
std::string joined(const Items& items, const Word& word) {
    std::string text;
    for (const auto& item : items) text += (text.empty() ? "" : ";") + word(item);
    return text;
}

/// As DEFINITIONS call it.
const char* kind_word(SettlementKind kind) {
    switch (kind) {
        case SettlementKind::not_known:
            return "";
        case SettlementKind::no_signal:
            return "trắng sóng";
        case SettlementKind::outlying:
            return "lõm sóng";
    }
    return "";
}

/// Writes the zones of one table, row by row.
class ZoneRows {
public:
    ZoneRows(const Plan& plan, const Sources& sources, const ToLonLat& to_lonlat, Table& table)
        : plan_{plan},
          sources_{sources},
          to_lonlat_{to_lonlat},
          synthetic_{is_synthetic(sources)},
          row_{table} {
        if (!sources.settlements) return;
        const std::vector<Place>& places = sources.settlements->places;
        grid_power_known_ = std::any_of(places.begin(), places.end(),
                                        [](const Place& place) { return place.grid_power.has_value(); });
    }

    void put(const Listed& listed) {
        const DeadZone& zone = *listed.zone;
        row_.next_row();
        row_.text("definition", plan_.dead_zones[listed.definition].input.name);
        row_.count("rank", zone.rank);
        row_.integer("id", std::int64_t{zone.id});
        row_.real("people", zone.people.value());
        row_.real("area_km2", square_kilometres(zone.area));
        row_.integer("cells", zone.cells);
        put_communes(zone);
        row_.text("missing", joined(zone.missing, [&](std::size_t technology) {
                      return technology_word(plan_.technologies[technology]);
                  }));
        row_.real("possible_people", zone.possible_people.value());
        row_.text("cause",
                  plan_.dead_zones[listed.definition].rule.of_an_event() ? "lost_in_event" : "never_covered");
        if (sources_.settlements) put_settlements(zone);
        put_place("", zone.point);
        put_way_to_service(zone);
        if (sources_.sites) put_site(zone);
        row_.integer("first_cell", zone.first_cell);
        row_.text("synthetic", yes_or_nothing(synthetic_));
    }

    void put_headings() {
        row_.headings_only([&] { put({&no_zone, 0}); });
    }

private:
    void put_communes(const DeadZone& zone) {
        const auto commune = [&](const DeadZonePart& part) -> const Zone& { return plan_.zones[part.zone]; };
        row_.text("communes",
                  joined(zone.communes, [&](const DeadZonePart& part) { return commune(part).code; }));
        row_.text("commune_names",
                  joined(zone.communes, [&](const DeadZonePart& part) { return commune(part).name; }));
        const bool any = !zone.communes.empty();
        row_.text("main_commune_code", any ? commune(zone.communes.front()).code : "");
        row_.text("main_commune", any ? commune(zone.communes.front()).name : "");
        row_.real("main_commune_people", people_if(any, any ? zone.communes.front().people : Persons{}));
    }

    void put_settlements(const DeadZone& zone) {
        row_.text("kind", kind_word(zone.kind));
        row_.count("settlements", zone.settlements.size());
        row_.text("settlement_names", joined(zone.settlements, [&](std::size_t number) {
                      const Place& place = sources_.settlements->places[number];
                      return place.name.empty() ? place.id : place.name;
                  }));
        row_.integer("without_grid_power",
                     value_if(grid_power_known_, static_cast<std::int64_t>(zone.without_grid_power)));
        row_.text("lom_dien", yes_or_nothing(zone.without_grid_power > 0));
    }

    void put_place(const std::string& stem, const std::optional<Cell>& cell) {
        const Point place = cell ? to_lonlat_(centre_of(plan_.study_grid, *cell)) : Point{};
        row_.real(stem + "longitude", value_if(cell.has_value(), centimetre(place.x)));
        row_.real(stem + "latitude", value_if(cell.has_value(), centimetre(place.y)));
    }

    void put_way_to_service(const DeadZone& zone) {
        const bool known = zone.farthest.has_value();
        row_.real("farthest_m", value_if(known, known ? zone.farthest->metres : 0));
        std::optional<Cell> served;
        if (known) served = zone.farthest->served;
        put_place("served_", served);
        row_.real("mean_distance_m", value_if(zone.mean_metres.has_value(), zone.mean_metres.value_or(0)));
    }

    void put_site(const DeadZone& zone) {
        const bool known = zone.site.has_value();
        row_.text("nearest_site", known ? sources_.sites->places[zone.site->place].id : "");
        row_.real("nearest_site_m", value_if(known, known ? zone.site->metres : 0));
    }

    const Plan& plan_;
    const Sources& sources_;
    const ToLonLat& to_lonlat_;
    bool synthetic_;
    bool grid_power_known_ = false;
    RowBuilder row_;
};

}  // namespace

Table dead_zones_table(const Plan& plan, const Sources& sources, const StudyResult& result,
                       const Scratch& scratch, const ToLonLat& to_lonlat) {
    Table table = table_of(plan, "dead_zones", "Connected cells where people have none of the technologies",
                           is_synthetic(sources));
    table.crs = sources.population->description().crs;
    const std::vector<Listed> listed = all_listed(result);
    ZoneRows rows{plan, sources, to_lonlat, table};
    for (const Listed& one : listed) rows.put(one);
    if (listed.empty()) rows.put_headings();
    table.shape_of = [&plan, &scratch, listed](std::size_t row) {
        const std::optional<std::size_t>& outline = listed[row].zone->outline;
        if (!outline) return MultiPolygon{};
        return on_map(decode_outline(scratch.get(*outline)), plan.study_grid);
    };
    return table;
}

Table dead_zone_communes_table(const Plan& plan, const Sources& sources, const StudyResult& result) {
    const bool synthetic = is_synthetic(sources);
    Table table =
        table_of(plan, "dead_zone_communes", "What of each dead zone lies in each commune", synthetic);
    RowBuilder row{table};
    const auto put = [&](const Listed& listed, const DeadZonePart& part, const Zone& commune) {
        row.next_row();
        row.text("definition", plan.dead_zones[listed.definition].input.name);
        row.integer("id", std::int64_t{listed.zone->id});
        row.count("rank", listed.zone->rank);
        row.text("code", commune.code);
        row.text("name", commune.name);
        row.real("people", part.people.value());
        row.real("area_km2", square_kilometres(part.area));
        row.text("synthetic", yes_or_nothing(synthetic));
    };
    for (const Listed& listed : all_listed(result)) {
        for (const DeadZonePart& part : listed.zone->communes) put(listed, part, plan.zones[part.zone]);
    }
    if (table.rows.empty()) row.headings_only([&] { put({&no_zone, 0}, {}, {}); });
    return table;
}

Table dead_zones_summary_table(const Plan& plan, const StudyResult& result, bool synthetic) {
    Table table = table_of(plan, "dead_zones_summary",
                           "What was looked for, and zones + remainder = all unserved people", synthetic);
    RowBuilder row{table};
    for (std::size_t d = 0; d < result.dead_zones.size(); ++d) {
        const DeadZoneInput& input = plan.dead_zones[d].input;
        const DeadZones& found = result.dead_zones[d];
        row.next_row();
        row.text("definition", input.name);
        row.text("technologies", joined(input.technologies, [](const std::string& name) { return name; }));
        row.integer("connectivity", std::int64_t{input.connectivity});
        row.text("populated_only", yes_or_nothing(input.populated_only));
        row.real("minimum_people", input.minimum_people);
        row.real("minimum_area_km2", input.minimum_area_km2);
        row.count("zones", found.zones.size());
        row.real("people_in_zones", people_in(found.zones).value());
        row.integer("remainder_zones", found.remainder.zones);
        row.real("remainder_people", found.remainder.people.value());
        row.real("unserved_people", found.unserved.value());
        row.real("area_km2_in_zones", square_kilometres(area_of(found.zones)));
        row.text("synthetic", yes_or_nothing(synthetic));
    }
    return table;
}

Persons people_in(const std::vector<DeadZone>& zones) {
    Persons sum;
    for (const DeadZone& zone : zones) sum += zone.people;
    return sum;
}

Area area_of(const std::vector<DeadZone>& zones) {
    Area sum;
    for (const DeadZone& zone : zones) sum += zone.area;
    return sum;
}

}  // namespace phusong::io
