#pragma once

#include <string>
#include <vector>

#include "engine/event.hpp"
#include "engine/problems.hpp"
#include "engine/site_table.hpp"
#include "io/gdal/vector_layer.hpp"

namespace phusong::io {

/// A site as its row tells it.
struct SiteRow {
    SiteRecord site;        ///< position in the layer's CRS, no footprint yet
    std::string footprint;  ///< what the polygon is called; empty: none named
    std::string row;        ///< "row 7" of a table, "feature 7" of a layer
};

/// Every row of a table of sites; each cell is read or refused. Columns that are missing are said once, with
/// what follows from it.
/// @throws InputError naming file and row
[[nodiscard]] std::vector<SiteRow> read_site_rows(VectorLayer& layer, const EventInput& event,
                                                  Problems& problems);

/// Hours from the event's time to the moment that a text of a table names. @param where opens the message
/// @throws InputError when the moment has no zone, or the event no time
[[nodiscard]] double hours_from_event(const std::string& text, const EventInput& event,
                                      const std::string& where);

}  // namespace phusong::io
