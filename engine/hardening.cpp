#include "engine/hardening.hpp"

#include <algorithm>
#include <utility>

#include "algorithms/planning/coverage_plan.hpp"
#include "engine/site_homes.hpp"

namespace phusong {

namespace {

/// People by commune and the sites that serve them.
std::vector<CoverageGroup> served_groups(const EventPlan& plan, std::span<const SharedFates::Row> rows,
                                         const ServingSets& sets) {
    ServingGroups groups;
    std::vector<SiteNumber> serving;
    for (const SharedFates::Row& row : rows) {
        if (row.key.zone < 0 || row.amount.people <= Persons{}) continue;
        serving.clear();
        for (const SiteNumber number : sets[row.set]) {
            const auto& layers = plan.site_layers[static_cast<std::size_t>(number)];
            if (std::any_of(layers.begin(), layers.end(),
                            [&](std::size_t layer) { return row.key.state.of(layer) == Service::served; })) {
                serving.push_back(number);
            }
        }
        if (!serving.empty()) groups.add(row.key.zone, serving, row.amount.people);
    }
    std::vector<CoverageGroup> sorted;
    for (const ServingGroups::Row& row : groups.rows()) {
        const auto serves = groups.sets()[row.set];
        sorted.push_back({row.zone, row.people, {serves.begin(), serves.end()}});
    }
    return sorted;
}

}  // namespace

Hardening hardening_of(const EventPlan& plan, std::span<const SharedFates::Row> rows, const ServingSets& sets,
                       std::size_t communes) {
    const SiteHomes homes = site_homes(plan, rows, sets, communes);
    std::vector<CoverageCandidate> candidates;
    for (const std::optional<std::size_t>& home : homes.of_site) {
        const ZoneNumber zone = home ? static_cast<ZoneNumber>(*home) : outside_every_zone;
        candidates.push_back({Cost::round(1), zone, false});
    }
    const CoverageInstance instance{std::move(candidates), served_groups(plan, rows, sets)};
    const CoveragePlan best = maximum_coverage(instance, CoverageLimit::one_per_zone());
    const auto reach = [&](SiteNumber site) { return instance.covered_by(std::span{&site, 1}); };

    Hardening hardening;
    hardening.served = instance.everybody();
    hardening.kept = best.covered;
    hardening.bound = best.bound;
    std::vector<bool> done(communes);
    for (const CoverageStep& step : best.steps) {
        const std::size_t home = *homes.of_site[static_cast<std::size_t>(step.candidate)];
        done[home] = true;
        hardening.sites.push_back({step.candidate, home, reach(step.candidate), step.people});
    }
    std::vector<std::optional<HardenedSite>> rest(communes);
    for (std::size_t at = 0; at < homes.of_site.size(); ++at) {
        const std::optional<std::size_t>& home = homes.of_site[at];
        if (!home || done[*home]) continue;
        const auto site = static_cast<SiteNumber>(at);
        const HardenedSite other{site, *home, reach(site), {}};
        if (!rest[*home] || other.reach > rest[*home]->reach) rest[*home] = other;
    }
    for (std::size_t commune = 0; commune < communes; ++commune) {
        if (rest[commune]) {
            hardening.sites.push_back(*rest[commune]);
        } else if (!done[commune]) {
            hardening.homeless.push_back(commune);
        }
    }
    return hardening;
}

}  // namespace phusong
