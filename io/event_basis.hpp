#pragma once

#include <cstddef>
#include <span>

#include "engine/event_result.hpp"
#include "engine/plan.hpp"

namespace phusong::io {

/// What numbers after an event rest on.
struct EventBasis {
    bool maps_seen = false;      ///< coverage or damage was mapped afterwards
    std::size_t sites_seen = 0;  ///< somebody looked at the site, or saw that its power was gone
    std::size_t sites_left_to_chance =
        0;  ///< their outage follows from hazards or from how long batteries last

    /// "observed", "modelled" or "observed and modelled".
    [[nodiscard]] const char* words() const;
};

/// @param sites that count, by their place in the site table @pre the plan has an event
[[nodiscard]] EventBasis basis_of(const Plan& plan, const EventOutlook& outlook,
                                  std::span<const std::size_t> sites);
/// Of all sites.
[[nodiscard]] EventBasis basis_of(const Plan& plan, const EventOutlook& outlook);

}  // namespace phusong::io
