#include "tools/phusong/dead_zone_summary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "algorithms/grid/earth_distance.hpp"
#include "io/dead_zone_tables.hpp"
#include "io/result_tables.hpp"
#include "tools/phusong/display.hpp"

namespace phusong::cli {

namespace {

constexpr std::size_t most_zones = 10;

/// Of a technology that is told as the part of households, a cell has service from half of them on.
std::string technology_words(const Plan& plan, std::size_t number) {
    const Technology& technology = plan.technologies[number];
    const bool by_parts = std::any_of(
        technology.layers.begin(), technology.layers.end(),
        [&](std::size_t layer) { return plan.study.coverage[layer].rule.kind == ServiceRule::Kind::share; });
    return technology.name + (by_parts ? " for half of the households" : "");
}

/// "without 5g", "neither 4g nor 5g", "none of 3g, 4g, 5g".
std::string without_words(const Plan& plan, const DeadZoneDefinition& definition) {
    std::vector<std::string> technologies;
    for (const std::size_t number : definition.technologies) {
        technologies.push_back(technology_words(plan, number));
    }
    if (technologies.size() == 1) return "without " + technologies[0];
    if (technologies.size() == 2) return "neither " + technologies[0] + " nor " + technologies[1];
    return fmt::format("none of {}", fmt::join(technologies, ", "));
}

std::string definition_line(const Plan& plan, const DeadZoneDefinition& definition, const DeadZones& found) {
    const Persons inside = io::people_in(found.zones);
    const DeadZoneRemainder& remainder = found.remainder;
    const bool adds_up = inside + remainder.people == found.unserved;
    return fmt::format(
        "Dead zones ({}: {}): {} zones, {} people, {:.1f} km2; remainder {} people in {} small zones; {}\n",
        definition.input.name, without_words(plan, definition), found.zones.size(), people_text(inside),
        square_kilometres(io::area_of(found.zones)), people_text(remainder.people), remainder.zones,
        adds_up
            ? "together " + people_text(found.unserved) + " = all unserved"
            : "DOES NOT ADD UP to " + people_text(found.unserved) + " unserved, do not use these numbers");
}

std::string where_words(const Plan& plan, const DeadZone& zone) {
    if (zone.communes.empty()) return "";
    const Zone& main = plan.zones[zone.communes.front().zone];
    const std::string name = printable(main.name.empty() ? main.code : main.name);
    const std::size_t more = zone.communes.size() - 1;
    return more == 0 ? name : fmt::format("{} and {} more", name, more);
}

std::string distance_words(const DeadZone& zone) {
    if (!zone.farthest) return "no service anywhere";
    const double metres = zone.farthest->metres;
    return metres < 1000 ? fmt::format("{:.0f} m to service", metres)
                         : fmt::format("{:.1f} km to service", metres / 1000);
}

std::string position_words(const Point& place) {
    return fmt::format("{:.5f} {} {:.5f} {}", std::abs(place.x), place.x < 0 ? 'W' : 'E', std::abs(place.y),
                       place.y < 0 ? 'S' : 'N');
}

std::string largest_zones(const Plan& plan, const Sources& sources, const std::vector<DeadZone>& zones) {
    const std::size_t shown = std::min(most_zones, zones.size());
    if (shown == 0) return "";
    std::size_t width = 0;
    for (std::size_t i = 0; i < shown; ++i) {
        width = std::max(width, display_width(where_words(plan, zones[i])));
    }
    const io::ToLonLat to_lonlat = io::to_lonlat_of(plan, sources);
    std::string out = "Those with most people:\n";
    for (std::size_t i = 0; i < shown; ++i) {
        const DeadZone& zone = zones[i];
        out += fmt::format("  {:>2}  {} {} people {:>9.2f} km2  {}  {}\n", zone.rank,
                           padded(where_words(plan, zone), width), padded_left(people_text(zone.people), 9),
                           square_kilometres(zone.area), padded_left(distance_words(zone), 19),
                           position_words(to_lonlat(centre_of(plan.study_grid, zone.point))));
    }
    return out;
}

}  // namespace

std::string dead_zones_text(const Plan& plan, const Sources& sources, const StudyResult& result) {
    std::string out;
    for (std::size_t d = 0; d < result.dead_zones.size(); ++d) {
        out += definition_line(plan, plan.dead_zones[d], result.dead_zones[d]);
        if (d == 0) out += largest_zones(plan, sources, result.dead_zones[d].zones);
    }
    return out;
}

}  // namespace phusong::cli
