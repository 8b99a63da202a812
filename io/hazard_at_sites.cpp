#include "io/hazard_at_sites.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <memory>

#include "engine/errors.hpp"
#include "engine/sources.hpp"
#include "io/gdal/raster_source.hpp"
#include "io/gdal/read_polygons.hpp"
#include "io/proj/transform.hpp"
#include "io/text/event_words.hpp"
#include "io/text/storm_track_file.hpp"

namespace phusong::io {

namespace {

Extent extent_of_sites(const std::vector<SiteRecord>& sites) {
    Extent extent{sites[0].position.x, sites[0].position.y, sites[0].position.x, sites[0].position.y};
    for (const SiteRecord& site : sites) {
        extent.west = std::min(extent.west, site.position.x);
        extent.south = std::min(extent.south, site.position.y);
        extent.east = std::max(extent.east, site.position.x);
        extent.north = std::max(extent.north, site.position.y);
    }
    return extent;
}

/// One value of a raster for every site: of the cell that it stands in; NaN outside and without data.
std::vector<double> values_at(const std::vector<SiteRecord>& sites, const RasterSource& raster,
                              const SitePlane& plane, const std::string& subject) {
    const RasterDescription& description = raster.description();
    const auto source = make_transform(plane.crs, description.crs, extent_of_sites(sites), subject);
    const auto transform = source ? source->open() : nullptr;
    const auto reader = raster.open();
    std::vector<double> values;
    values.reserve(sites.size());
    for (const SiteRecord& site : sites) {
        Point place = site.position;
        if (transform) transform->apply({&place.x, 1}, {&place.y, 1});
        const double column = std::floor(description.grid.column_at(place.x));
        const double row = std::floor(description.grid.row_at(place.y));
        double value = std::nan("");
        if (column >= 0 && column < description.grid.columns && row >= 0 && row < description.grid.rows) {
            reader->read({static_cast<std::int32_t>(row), static_cast<std::int32_t>(column), 1, 1},
                         {&value, 1});
        }
        values.push_back(value);
    }
    return values;
}

std::vector<double> values_of_file(const std::vector<SiteRecord>& sites, const FileLayer& file,
                                   const std::string& role, const SitePlane& plane, Problems& problems) {
    constexpr std::size_t cache_bytes = std::size_t{16} << 20;
    const auto raster = open_raster(file, role, cache_bytes, problems);
    return values_at(sites, *raster, plane, "'" + file.path + "' (" + role + ")");
}

void require_within(double value, double most, const SiteRecord& site, const std::string& subject,
                    const std::string& quantity) {
    if (std::isnan(value) || (value >= 0 && value <= most)) return;
    throw InputError{
        fmt::format("{}: {:.10g} at site '{}' is no {} (0 to {:.10g}); check the unit of the raster and "
                    "its nodata value",
                    subject, value, site.id, quantity, most)};
}

Gust gust_from(double value, WindInput::Averaging averaging) {
    switch (averaging) {
        case WindInput::Averaging::one_minute:
            return gust_of(MeanWind::over_one_minute(value), GustFactors::inland());
        case WindInput::Averaging::ten_minutes:
            return gust_of(MeanWind::over_ten_minutes(value), GustFactors::inland());
        case WindInput::Averaging::three_seconds:
            break;
    }
    return Gust::of_metres_per_second(value);
}

void sample_gust_raster(std::vector<SiteRecord>& sites, const WindInput& wind, const SitePlane& plane,
                        Problems& problems) {
    constexpr double strongest_metres_per_second = 150;
    const std::string subject = "'" + wind.raster.path + "' (wind)";
    const std::vector<double> values = values_of_file(sites, wind.raster, "wind", plane, problems);
    std::size_t unknown = 0;
    for (std::size_t i = 0; i < sites.size(); ++i) {
        require_within(values[i], strongest_metres_per_second, sites[i], subject, "wind in m/s");
        if (std::isnan(values[i])) {
            ++unknown;
        } else {
            sites[i].gust = gust_from(values[i], wind.averaging);
        }
    }
    if (unknown > 0) {
        problems.push_back(
            {subject, fmt::format("no wind is known at {} of {} sites", unknown, sites.size())});
    }
    if (wind.averaging != WindInput::Averaging::three_seconds) {
        problems.push_back(
            {subject, fmt::format("its {} means were turned into 3-s gusts, {:.10g} times as strong inland "
                                  "(WMO/TD-No. 1555)",
                                  word_for(averaging_words, wind.averaging),
                                  gust_from(1, wind.averaging).metres_per_second())});
    }
}

void model_gusts(std::vector<SiteRecord>& sites, const WindInput& wind, const SitePlane& plane,
                 Problems& problems) {
    const StormTrack track = read_storm_track(wind, problems);
    const ToLonLat to_lonlat{plane.crs, extent_of_sites(sites)};
    for (SiteRecord& site : sites) {
        site.gust = largest_gust(track, to_lonlat(site.position), Exposure::open_land()).gust;
    }
    problems.push_back(
        {"storm track '" + wind.track.path + "', storm '" + wind.storm + "'",
         "gusts at the sites are modelled from the track (Holland 2010, open land), not measured"});
}

void sample_depth(std::vector<SiteRecord>& sites, const FileLayer& flood, const SitePlane& plane,
                  Problems& problems) {
    constexpr double deepest_metres = 100;
    const std::string subject = "'" + flood.path + "' (flood depth)";
    const std::vector<double> values = values_of_file(sites, flood, "flood depth", plane, problems);
    for (std::size_t i = 0; i < sites.size(); ++i) {
        require_within(values[i], deepest_metres, sites[i], subject, "depth of water in m");
        if (!std::isnan(values[i])) sites[i].flood_depth_m = values[i];
    }
}

void find_outages(std::vector<SiteRecord>& sites, const EventInput& event, const SitePlane& plane,
                  Problems& problems) {
    for (const PowerOutageInput& input : event.power) {
        const std::vector<Outage> outages = read_outages(input, event, plane.crs, plane.grid, problems);
        if (apply_outages(sites, outages) > 0) continue;
        problems.push_back(
            {"'" + input.file.path + "' (grid power)", "concerns no site of the table and changes nothing"});
    }
}

void lose_power(SiteRecord& site, const OutageTime& time) {
    if (!site.power_lost_hours) {
        site.power_lost_hours = time.lost;
        site.power_restored_hours = time.restored;
        return;
    }
    site.power_lost_hours = std::min(*site.power_lost_hours, time.lost);
    if (!site.power_restored_hours || !time.restored) {
        site.power_restored_hours.reset();
    } else {
        site.power_restored_hours = std::max(*site.power_restored_hours, *time.restored);
    }
}

bool inside_ring(const Ring& ring, const Point& position) {
    bool in = false;
    for (std::size_t i = 0, k = ring.size() - 1; i < ring.size(); k = i++) {
        const Point& a = ring[i];
        const Point& b = ring[k];
        if ((a.y > position.y) == (b.y > position.y)) continue;
        if (position.x < a.x + (b.x - a.x) * (position.y - a.y) / (b.y - a.y)) in = !in;
    }
    return in;
}

}  // namespace

bool inside(const MultiPolygon& shape, const Point& position) {
    return std::any_of(shape.parts.begin(), shape.parts.end(), [&](const PolygonPart& part) {
        return inside_ring(part.shell, position) &&
               std::none_of(part.holes.begin(), part.holes.end(),
                            [&](const Ring& hole) { return inside_ring(hole, position); });
    });
}

std::size_t apply_outages(std::vector<SiteRecord>& sites, const std::vector<Outage>& outages) {
    std::vector<std::optional<Extent>> extents;
    extents.reserve(outages.size());
    for (const Outage& outage : outages) extents.push_back(extent_of_all({outage.shape}));
    const auto hits = [&](std::size_t i, const SiteRecord& site) {
        if (!extents[i]) return !site.power_zone.empty() && outages[i].power_zone == site.power_zone;
        const auto& [x, y] = site.position;
        const Extent& around = *extents[i];
        return x >= around.west && x <= around.east && y >= around.south && y <= around.north &&
               inside(outages[i].shape, site.position);
    };
    std::size_t concerned = 0;
    for (SiteRecord& site : sites) {
        bool any = false;
        for (std::size_t i = 0; i < outages.size(); ++i) {
            if (!hits(i, site)) continue;
            lose_power(site, outages[i].time);
            any = true;
        }
        if (any) ++concerned;
    }
    return concerned;
}

void sample_hazards(SiteTable& table, const EventInput& event, const SitePlane& plane, Problems& problems) {
    if (table.sites.empty()) return;
    if (event.wind) {
        table.wind_known = true;
        table.wind_modelled = !event.wind->track.path.empty();
        if (table.wind_modelled) {
            model_gusts(table.sites, *event.wind, plane, problems);
        } else {
            sample_gust_raster(table.sites, *event.wind, plane, problems);
        }
    }
    if (event.flood_depth) sample_depth(table.sites, *event.flood_depth, plane, problems);
    if (!event.power.empty()) find_outages(table.sites, event, plane, problems);
}

}  // namespace phusong::io
