#pragma once

#include <span>
#include <vector>

#include "algorithms/damage/shared_fates.hpp"
#include "algorithms/support/bit_rows.hpp"
#include "engine/event_plan.hpp"

namespace phusong {

/// Of every row the part of the scenarios in which its people have none of the services that the first
/// question asks for, 0..1; 0 where the maps do not know.
/// @param failed a row a site, a bit a scenario
[[nodiscard]] std::vector<double> dark_parts(const EventPlan& event, std::span<const SharedFates::Row> rows,
                                             const ServingSets& sets, const BitRows& failed);

}  // namespace phusong
