#pragma once

#include <optional>
#include <vector>

#include "algorithms/grid/grid_spec.hpp"
#include "engine/dead_zones.hpp"
#include "engine/event_plan.hpp"
#include "engine/problems.hpp"
#include "engine/sources.hpp"
#include "engine/study.hpp"

namespace phusong {

/// The study's event on its grid; nothing when the study has none.
/// @throws InputError when an after-layer or damage names what the study does not have, LimitError when the
/// layers before and after are more than a state holds
[[nodiscard]] std::optional<EventPlan> make_event_plan(const Study& study, const Sources& sources,
                                                       const std::vector<Technology>& technologies,
                                                       const GridSpec& study_grid, Problems& problems);

/// The dead zones that an event made: the first of these definitions that it can touch, asked once more of
/// the cells that had service before.
[[nodiscard]] std::optional<DeadZoneDefinition> lost_definition(
    const std::vector<DeadZoneDefinition>& definitions, const EventPlan& event);

}  // namespace phusong
