#include "engine/site_homes.hpp"

#include <algorithm>
#include <cstdint>
#include <unordered_map>

namespace phusong {

SiteHomes site_homes(const EventPlan& plan, std::span<const SharedFates::Row> rows, const ServingSets& sets,
                     std::size_t communes) {
    const std::size_t sites = plan.site_layers.size();
    std::unordered_map<std::uint64_t, Persons> served;  // by site and commune
    for (const SharedFates::Row& row : rows) {
        if (row.key.zone < 0 || row.amount.people == Persons{}) continue;
        for (const SiteNumber number : sets[row.set]) {
            const auto& layers = plan.site_layers[static_cast<std::size_t>(number)];
            if (std::none_of(layers.begin(), layers.end(),
                             [&](std::size_t layer) { return row.key.state.of(layer) == Service::served; })) {
                continue;
            }
            served[static_cast<std::uint64_t>(number) * communes +
                   static_cast<std::uint64_t>(row.key.zone)] += row.amount.people;
        }
    }
    SiteHomes homes;
    homes.of_site.resize(sites);
    homes.serving.resize(communes);
    std::vector<Persons> most(sites);
    for (const auto& [key, people] : served) {
        const std::size_t site = key / communes;
        const std::size_t commune = key % communes;
        homes.serving[commune].push_back(site);
        std::optional<std::size_t>& home = homes.of_site[site];
        if (home && (people < most[site] || (people == most[site] && *home < commune))) continue;
        home = commune;
        most[site] = people;
    }
    for (std::vector<std::size_t>& all : homes.serving) std::sort(all.begin(), all.end());
    return homes;
}

}  // namespace phusong
