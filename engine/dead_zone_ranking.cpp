#include "engine/dead_zone_ranking.hpp"

#include <algorithm>
#include <cassert>
#include <limits>

#include "algorithms/ledger/questions.hpp"
#include "algorithms/ledger/rake.hpp"

namespace phusong {

namespace {

/// A part of one commune in a zone, or (no zone) in the remainder.
struct PartInCommune {
    std::size_t zone = 0;
    std::size_t part = 0;
};

constexpr std::size_t in_remainder = std::numeric_limits<std::size_t>::max();

/// Splits ledger lines by commune. @return people counted twice
template <typename Rows>
Persons split_by_commune(const Rows& rows, std::vector<DeadZonePart>& parts) {
    Persons twice;
    for (const Ledger::Row& row : rows) {
        if (row.key.zone == counted_twice) {
            twice += row.amount.people;
            continue;
        }
        const auto zone = static_cast<std::size_t>(row.key.zone);
        if (parts.empty() || parts.back().zone != zone) parts.push_back({zone, {}, {}});  // rows are sorted
        parts.back().people += row.amount.people;
        parts.back().area += row.amount.area;
    }
    return twice;
}

std::vector<std::size_t> missing_technologies(const Plan& plan, const Patch& patch, bool of_an_event) {
    std::vector<std::size_t> missing;
    for (std::size_t t = 0; t < plan.technologies.size(); ++t) {
        std::vector<std::size_t> layers = plan.technologies[t].layers;
        if (of_an_event) {
            for (std::size_t& layer : layers) layer = plan.event->after(layer);
        }
        if (std::all_of(patch.parts.begin(), patch.parts.end(), [&](const Ledger::Row& row) {
                return any_of(row.key.state, layers) == Service::unserved;
            })) {
            missing.push_back(t);
        }
    }
    return missing;
}

/// Zones, and what is in none, before anything is sorted.
struct Split {
    std::vector<DeadZone> zones;
    std::vector<Persons> twice;  ///< of each zone
    std::vector<DeadZonePart> rest;
    Persons rest_twice;
};

Split split(const Plan& plan, std::size_t definition, const Patches& patches) {
    const bool of_an_event = plan.dead_zones[definition].rule.of_an_event();
    Split split;
    std::vector<const Patch*> sorted;
    for (const Patch& patch : patches.complete()) sorted.push_back(&patch);
    std::sort(sorted.begin(), sorted.end(),
              [](const Patch* a, const Patch* b) { return a->first_cell < b->first_cell; });
    split.zones.reserve(sorted.size());
    split.twice.reserve(sorted.size());
    const bool numbered = plan.study_grid.window().cell_count() >= std::numeric_limits<std::uint32_t>::max();
    for (const Patch* patch : sorted) {
        DeadZone zone;
        zone.key = patch->key;
        zone.first_cell = patch->first_cell;
        zone.id = numbered ? static_cast<std::uint32_t>(split.zones.size() + 1)
                           : static_cast<std::uint32_t>(patch->first_cell + 1);
        zone.cells = patch->cells;
        zone.area = patch->area;
        zone.bounds = patch->bounds;
        zone.missing = missing_technologies(plan, *patch, of_an_event);
        split.twice.push_back(split_by_commune(patch->parts, zone.communes));
        split.zones.push_back(std::move(zone));
    }
    split.rest_twice = split_by_commune(patches.remainder().parts.rows(), split.rest);
    return split;
}

/// Scales the parts of every raked commune so that they add up to its raked unserved people.
void rake_parts(const std::vector<const PlaceResult*>& communes, std::size_t definition, Split& split) {
    std::vector<std::vector<PartInCommune>> of_commune(communes.size());
    for (std::size_t z = 0; z < split.zones.size(); ++z) {
        for (std::size_t p = 0; p < split.zones[z].communes.size(); ++p) {
            of_commune[split.zones[z].communes[p].zone].push_back({z, p});
        }
    }
    for (std::size_t p = 0; p < split.rest.size(); ++p) {
        of_commune[split.rest[p].zone].push_back({in_remainder, p});
    }
    for (std::size_t c = 0; c < communes.size(); ++c) {
        // Without parts nobody is unserved, or patches were not looked for: saved results are finished again.
        if (!communes[c]->raking_factor || of_commune[c].empty()) continue;
        const auto people = [&](const PartInCommune& place) -> Persons& {
            return place.zone == in_remainder ? split.rest[place.part].people
                                              : split.zones[place.zone].communes[place.part].people;
        };
        std::vector<Persons> amounts;
        for (const PartInCommune& place : of_commune[c]) amounts.push_back(people(place));
        const std::vector<Persons> scaled = raked(amounts, communes[c]->without_service[definition]);
        for (std::size_t i = 0; i < scaled.size(); ++i) people(of_commune[c][i]) = scaled[i];
    }
}

bool is_below_minimum(const DeadZone& zone, const DeadZoneInput& input) {
    return zone.people.value() < input.minimum_people ||
           square_kilometres(zone.area) < input.minimum_area_km2;
}

}  // namespace

std::vector<CommuneDeadZones> by_commune(const std::vector<DeadZone>& zones, std::size_t count) {
    std::vector<CommuneDeadZones> communes(count);
    for (const DeadZone& zone : zones) {
        for (const DeadZonePart& part : zone.communes) {
            CommuneDeadZones& commune = communes[part.zone];
            ++commune.zones;
            commune.people += part.people;
            if (commune.largest == 0 || part.people > commune.largest_people) {
                commune.largest = zone.rank;
                commune.largest_people = part.people;
            }
        }
    }
    return communes;
}

DeadZones rank_dead_zones(const Plan& plan, std::size_t definition, const Patches& patches,
                          const std::vector<const PlaceResult*>& communes, Persons unserved) {
    assert(patches.open() == 0);
    const DeadZoneInput& input = plan.dead_zones[definition].input;
    Split parts = split(plan, definition, patches);
    rake_parts(communes, definition, parts);
    const bool raked = std::any_of(communes.begin(), communes.end(), [](const PlaceResult* commune) {
        return commune->raking_factor.has_value();
    });

    DeadZones result;
    result.unserved = unserved;
    DeadZoneRemainder& remainder = result.remainder;
    remainder.zones = patches.remainder().patches;
    remainder.cells = patches.remainder().cells;
    remainder.area = patches.remainder().area;
    for (const DeadZonePart& part : parts.rest) remainder.people += part.people;
    // Official head counts count nobody twice, whatever the drawn borders do.
    if (!raked) remainder.people -= parts.rest_twice;

    std::size_t listed = 0;  // thinned in place: with many zones the list is the largest thing in memory
    for (std::size_t z = 0; z < parts.zones.size(); ++z) {
        DeadZone& zone = parts.zones[z];
        for (const DeadZonePart& part : zone.communes) zone.people += part.people;
        if (!raked) zone.people -= parts.twice[z];
        if (is_below_minimum(zone, input)) {
            ++remainder.zones;
            remainder.cells += zone.cells;
            remainder.area += zone.area;
            remainder.people += zone.people;
            continue;
        }
        std::stable_sort(zone.communes.begin(), zone.communes.end(),
                         [](const DeadZonePart& a, const DeadZonePart& b) {
                             return a.people != b.people ? a.people > b.people : a.area > b.area;
                         });
        if (z != listed) parts.zones[listed] = std::move(zone);
        ++listed;
    }
    parts.zones.resize(listed);
    result.zones = std::move(parts.zones);
    std::sort(result.zones.begin(), result.zones.end(), [](const DeadZone& a, const DeadZone& b) {
        return a.people != b.people ? a.people > b.people : a.id < b.id;
    });
    for (std::size_t i = 0; i < result.zones.size(); ++i) result.zones[i].rank = i + 1;
    result.communes = by_commune(result.zones, communes.size());
    return result;
}

}  // namespace phusong
