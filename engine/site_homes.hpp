#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "algorithms/damage/shared_fates.hpp"
#include "engine/event_plan.hpp"

namespace phusong {

/// Which communes the sites of an event serve. A site serves whom it reaches with a layer that served them
/// before the event.
struct SiteHomes {
    /// Of every site: the commune in which it serves most people, the first in number of equal ones; unset:
    /// it serves nobody.
    std::vector<std::optional<std::size_t>> of_site;
    /// Of every commune: all sites that serve people in it, ascending.
    std::vector<std::vector<std::size_t>> serving;
};

/// Pure; the same for any order of rows.
/// @param rows by commune, answers by maps, and sites in reach; `sets` holds their sites
[[nodiscard]] SiteHomes site_homes(const EventPlan& plan, std::span<const SharedFates::Row> rows,
                                   const ServingSets& sets, std::size_t communes);

}  // namespace phusong
