#include "engine/event_plan.hpp"

#include <bit>
#include <cassert>

namespace phusong {

std::vector<std::size_t> EventPlan::after(std::span<const std::size_t> layers) const {
    std::vector<std::size_t> afterwards;
    for (const std::size_t layer : layers) afterwards.push_back(after(layer));
    return afterwards;
}

Service any_of_after(ServiceState state, std::span<const std::size_t> layers, const EventPlan& event) {
    Service any = Service::unserved;
    for (const std::size_t layer : layers) any = either(any, state.of(event.after(layer)));
    return any;
}

ServiceState after_sites(ServiceState by_maps, std::span<const SiteNumber> sites,
                         std::span<const Status> alive, const EventPlan& event) {
    static_assert(ServiceState::most_layers <= 32, "a bit a layer");
    std::uint32_t in_reach = 0;
    std::uint32_t on = 0;
    std::uint32_t perhaps_on = 0;
    for (const SiteNumber site : sites) {
        const auto number = static_cast<std::size_t>(site);
        std::uint32_t layers = 0;
        for (const std::size_t layer : event.site_layers[number]) layers |= std::uint32_t{1} << layer;
        in_reach |= layers;
        if (alive[number] == Status::up) on |= layers;
        if (alive[number] == Status::unknown) perhaps_on |= layers;
    }
    ServiceState after = by_maps;
    for (std::uint32_t rest = in_reach & ~on; rest != 0; rest &= rest - 1) {
        const auto layer = static_cast<std::size_t>(std::countr_zero(rest));
        if (by_maps.of(layer) != Service::served) continue;
        assert(event.after_layer[layer].has_value());
        const Service carried = (perhaps_on >> layer & 1U) != 0 ? Service::unknown : Service::unserved;
        const std::size_t told = event.after(layer);
        after = after.with(told, both(by_maps.of(told), carried));
    }
    return after;
}

}  // namespace phusong
