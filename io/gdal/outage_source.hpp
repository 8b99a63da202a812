#pragma once

#include <optional>
#include <string>
#include <vector>

#include "algorithms/grid/grid_spec.hpp"
#include "algorithms/zones/polygon.hpp"
#include "engine/event.hpp"
#include "engine/problems.hpp"

namespace phusong::io {

/// A stretch of time without grid power, hours from the event's time.
struct OutageTime {
    double lost = 0;
    std::optional<double> restored;  ///< unset: not while one looks

    friend bool operator==(const OutageTime&, const OutageTime&) = default;
};

/// Where grid power is lost: an area, or a power zone by its name.
struct Outage {
    MultiPolygon shape;      ///< in the study's CRS; without parts: see `power_zone`
    std::string power_zone;  ///< of a table; else empty
    OutageTime time;
};

/// Polygons, or a CSV table with the column power_zone (and lost, restored, where the study names no others).
/// A moment is a time with its zone, or a number of hours from the event's time; a blank one as if there were
/// no such field.
/// @param study_crs canonical
/// @throws InputError naming file and feature or row
[[nodiscard]] std::vector<Outage> read_outages(const PowerOutageInput& input, const EventInput& event,
                                               const std::string& study_crs, const GridSpec& study_grid,
                                               Problems& problems);

}  // namespace phusong::io
