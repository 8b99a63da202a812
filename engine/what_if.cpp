#include "engine/what_if.hpp"

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "engine/event_outlook.hpp"
#include "engine/site_model.hpp"

namespace phusong {

namespace {

void take_hazards_away(SiteRecord& site) {
    site.gust.reset();
    site.flood_depth_m.reset();
    site.since_hours.reset();
    site.repair_hours.reset();
    if (site.status == Status::down) return;
    site.power_lost_hours.reset();
    site.power_restored_hours.reset();
}

/// Nobody has seen yet what a site does when one that carries its traffic is taken away.
void forget_what_depends(std::vector<SiteRecord>& sites, std::span<const SupposedStatus> supposed) {
    std::unordered_set<std::string_view> touched;
    std::vector<bool> told(sites.size(), false);
    for (const SupposedStatus& one : supposed) {
        told[one.site] = one.status != Status::unknown;
        if (one.status == Status::down) touched.insert(sites[one.site].id);
    }
    for (bool grows = !touched.empty(); grows;) {
        grows = false;
        for (std::size_t number = 0; number < sites.size(); ++number) {
            SiteRecord& site = sites[number];
            const bool depends = std::any_of(site.parents.begin(), site.parents.end(),
                                             [&](const std::string& id) { return touched.contains(id); });
            if (!depends || !touched.insert(site.id).second) continue;
            grows = true;
            if (site.status == Status::up && !told[number]) site.status = Status::unknown;
        }
    }
}

/// Of every set: whether some layer has sites in reach and none of them is on the air. Elsewhere
/// `after_sites` changes no answer.
std::vector<bool> sets_that_lose(const EventArchive& archive, std::span<const Status> alive) {
    static_assert(ServiceState::most_layers <= 32, "in reach and on the air, a bit a layer each");
    std::vector<std::uint64_t> layers_of;
    for (std::size_t site = 0; site < alive.size(); ++site) {
        std::uint64_t layers = 0;
        for (const std::size_t layer : archive.plan.site_layers[site]) layers |= std::uint64_t{1} << layer;
        layers_of.push_back(alive[site] == Status::up ? layers << 32 | layers : layers);
    }
    std::vector<bool> lose(archive.sets.size());
    for (std::size_t set = 0; set < lose.size(); ++set) {
        std::uint64_t layers = 0;
        for (const SiteNumber site : archive.sets[static_cast<ServingSets::SetNumber>(set)]) {
            layers |= layers_of[static_cast<std::size_t>(site)];
        }
        lose[set] = static_cast<std::uint32_t>(layers) != layers >> 32;
    }
    return lose;
}

/// Nothing is left to chance, so the answers after the event follow now, and rows that differed by their
/// sites alone become one: some thousands instead of hundreds of thousands.
std::vector<SharedFates::Row> settled(const EventArchive& archive, std::span<const Status> alive,
                                      ServingSets::SetNumber no_sites) {
    const std::vector<bool> loses = sets_that_lose(archive, alive);
    std::unordered_map<LedgerKey, LedgerAmount, HashLedgerKey> people;
    auto last = people.end();  // rows come by key: mostly the next one's as well
    for (const SharedFates::Row& row : archive.fates) {
        LedgerKey key = row.key;
        if (loses[row.set]) key.state = after_sites(key.state, archive.sets[row.set], alive, archive.plan);
        if (last == people.end() || last->first != key) last = people.try_emplace(key).first;
        last->second.people += row.amount.people;
    }
    std::vector<SharedFates::Row> rows;
    rows.reserve(people.size());
    for (const auto& [key, amount] : people) rows.push_back({key, no_sites, amount});
    return rows;
}

}  // namespace

EventOutlook what_if(EventArchive& archive, std::span<const SupposedStatus> supposed) {
    SiteTable& table = archive.plan.sites;
    for (SiteRecord& site : table.sites) take_hazards_away(site);
    table.wind_known = false;
    for (const SupposedStatus& one : supposed) {
        if (one.status == Status::unknown) continue;
        table.sites[one.site].status = one.status;
        table.sites[one.site].cause = one.cause;
    }
    forget_what_depends(table.sites, supposed);
    std::vector<Status> alive;
    archive.event.hours = {0};
    archive.event.scenarios = 1;
    for (const SiteOutcome& outcome : observed_outcomes(table)) alive.push_back(outcome.alive);
    ServingSets sets;
    const std::vector<SharedFates::Row> rows = settled(archive, alive, sets.intern({}));
    return outlook_of(archive.event, archive.plan, table, rows, sets, archive.codes, archive.people);
}

}  // namespace phusong
