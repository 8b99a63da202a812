#pragma once

#include "engine/sources.hpp"
#include "engine/study.hpp"
#include "io/open_layer.hpp"
#include "io/open_sources.hpp"

namespace phusong::io {

/// All that an event names: coverage as seen afterwards, damage, and the table of sites with its statuses,
/// hazards and curves.
/// @pre study.event is set. @throws InputError, StorageError, LimitError
[[nodiscard]] EventSources open_event(const Study& study, const StudyPlane& plane, const OpenOptions& options,
                                      Problems& problems);

/// The curves that an event names, or phusong's own. @throws InputError
[[nodiscard]] HazardRules read_hazard_rules(const EventInput& event);

}  // namespace phusong::io
