#pragma once

#include <vector>

#include "engine/event.hpp"
#include "engine/problems.hpp"
#include "engine/site_table.hpp"
#include "io/gdal/outage_source.hpp"

namespace phusong::io {

/// Where sites stand: their positions are in this CRS, which is canonical.
struct SitePlane {
    std::string crs;
    GridSpec grid;  ///< the study's cells
};

/// What wind, water and outage maps say at each site's own place, into the records of the table. Wind is kept
/// as 3-s gusts: means of a raster are turned into gusts as they blow inland; from a track they are modelled
/// over open land.
/// @throws InputError naming the map, and the site whose value cannot be
void sample_hazards(SiteTable& table, const EventInput& event, const SitePlane& plane, Problems& problems);

/// Several outages over one site, also from calls before: the earliest loss and the latest restoration hold.
/// @return how many sites these outages concern
std::size_t apply_outages(std::vector<SiteRecord>& sites, const std::vector<Outage>& outages);

/// Whether a position lies inside; on an edge, either.
[[nodiscard]] bool inside(const MultiPolygon& shape, const Point& position);

}  // namespace phusong::io
