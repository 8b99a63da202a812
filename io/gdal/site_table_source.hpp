#pragma once

#include <string>
#include <vector>

#include "algorithms/grid/grid_spec.hpp"
#include "engine/event.hpp"
#include "engine/problems.hpp"
#include "engine/site_table.hpp"

namespace phusong::io {

/// The study that a table of sites belongs to.
struct SiteSurroundings {
    std::string crs;  ///< canonical
    GridSpec grid;    ///< the study's cells
    std::vector<std::string> technologies;
    const EventInput& event;  ///< whose moments the table may name
};

/// Sites of a CSV table or a layer of points, in file order, in the study's CRS, with their footprints; then
/// what the status file says of them. Ids are text, names NFC. What hazards do to their places and the rules
/// of hazards are left open. Columns that are missing are said once, with what follows.
/// @pre event.sites is set
/// @throws InputError naming file and row, where something cannot be (nothing is guessed)
[[nodiscard]] SiteTable read_site_table(const SiteSurroundings& study, Problems& problems);

}  // namespace phusong::io
