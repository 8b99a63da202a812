#include "io/hardening_table.hpp"

#include <utility>
#include <vector>

#include "io/result_tables.hpp"
#include "io/row_builder.hpp"

namespace phusong::io {

Table hardening_table(const Plan& plan, const Sources& sources, const StudyResult& result,
                      const ToLonLat& to_lonlat) {
    const bool synthetic = is_synthetic(sources);
    Table table =
        table_of(plan, "hardening", "One site of every commune to harden against storms", synthetic);
    table.crs = "EPSG:4326";
    RowBuilder row{table};
    std::vector<Point> places;
    Persons kept;
    const auto put = [&](std::size_t order, const HardenedSite& chosen, const SiteRecord& site, Point place) {
        const Zone commune = plan.zones.empty() ? Zone{} : plan.zones[chosen.commune];
        row.next_row();
        row.count("order", order);
        row.text("site", site.id);
        row.text("operator", site.operator_name);
        row.text("code", commune.code);
        row.text("commune", commune.name);
        row.real("people_in_reach", chosen.reach.value());
        row.real("people_added", chosen.added.value());
        row.real("people_kept", kept.value());
        row.real("longitude", place.x);
        row.real("latitude", place.y);
        row.text("synthetic", yes_or_nothing(synthetic));
    };
    std::size_t order = 0;
    for (const HardenedSite& chosen : result.event->hardening->sites) {
        const SiteRecord& site = plan.event->sites.sites[static_cast<std::size_t>(chosen.site)];
        const Point place = to_lonlat(site.position);
        places.push_back({centimetre(place.x), centimetre(place.y)});
        kept += chosen.added;
        put(++order, chosen, site, places.back());
    }
    if (table.rows.empty()) row.headings_only([&] { put(0, {}, {}, {}); });
    table.point_of = [places = std::move(places)](std::size_t number) { return places[number]; };
    return table;
}

}  // namespace phusong::io
