#include "io/event_basis.hpp"

#include <algorithm>
#include <numeric>
#include <vector>

namespace phusong::io {

const char* EventBasis::words() const {
    const bool observed = maps_seen || sites_seen > 0;
    if (sites_left_to_chance == 0) return observed ? "observed" : "modelled";
    return observed ? "observed and modelled" : "modelled";
}

EventBasis basis_of(const Plan& plan, const EventOutlook& outlook, std::span<const std::size_t> sites) {
    EventBasis basis;
    basis.maps_seen = !plan.study.event->after.empty() || !plan.study.event->damage.empty();
    for (const std::size_t number : sites) {
        const SiteRecord& site = plan.event->sites.sites[number];
        if (site.status != Status::unknown || site.power_lost_hours) ++basis.sites_seen;
        const std::vector<double>& outage = outlook.sites[number].outage;
        if (std::any_of(outage.begin(), outage.end(), [](double part) { return part > 0 && part < 1; })) {
            ++basis.sites_left_to_chance;
        }
    }
    return basis;
}

EventBasis basis_of(const Plan& plan, const EventOutlook& outlook) {
    std::vector<std::size_t> all(outlook.sites.size());
    std::iota(all.begin(), all.end(), std::size_t{0});
    return basis_of(plan, outlook, all);
}

}  // namespace phusong::io
