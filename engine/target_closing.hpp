#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "algorithms/planning/coverage_plan.hpp"
#include "algorithms/support/stop_flag.hpp"
#include "engine/rollout_grounds.hpp"

namespace phusong {

/// What brings a place to its target.
struct TargetClosing {
    std::vector<CoverageStep> sites;  ///< in the order of their worth; candidates of the grounds
    Cost cost;
    Cost bound;            ///< no set of sites that closes it costs less
    Persons beyond_reach;  ///< still short with every candidate built
};

/// The cheapest sites for one place alone: what they bring to its neighbours is no merit here, so the costs
/// of places do not add up to the cost of all.
/// @param zones of the place, ascending @param missing people who still have to be served there
/// @throws QuantityOverflow
[[nodiscard]] TargetClosing close_target(const RolloutGrounds& grounds, std::span<const ZoneNumber> zones,
                                         Persons missing, StopFlag stop = nullptr);

/// What brings the places of one target to it; nothing where nothing was looked for.
struct TargetClosings {
    std::vector<std::optional<TargetClosing>> communes;   ///< by zone number
    std::vector<std::optional<TargetClosing>> provinces;  ///< in the order of the result
    std::optional<TargetClosing> everything;
};

/// How many dead zones of a place have to be closed, the largest first, until so many people are served.
/// @param people of the place in each of them, in any order
/// @return nothing when all of them are not enough
[[nodiscard]] std::optional<std::size_t> dead_zones_to_close(std::vector<Persons> people, Persons missing);

}  // namespace phusong
