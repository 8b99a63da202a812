#include "io/gdal/site_table_source.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <unordered_map>
#include <utility>

#include "engine/errors.hpp"
#include "io/gdal/points_into_study.hpp"
#include "io/gdal/read_polygons.hpp"
#include "io/gdal/site_rows.hpp"
#include "io/gdal/vector_layer.hpp"
#include "io/text/status_file.hpp"
#include "io/text/synthetic_mark.hpp"

namespace phusong::io {

namespace {

using RowOfId = std::unordered_map<std::string, std::size_t>;

/// What messages name first: "sites 'tram.csv'".
std::string subject_of(const VectorLayer& layer) {
    return "sites " + layer.quoted();
}

RowOfId index_ids(const std::vector<SiteRow>& rows, const std::string& subject) {
    RowOfId index;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto [other, first] = index.emplace(rows[i].site.id, i);
        if (first) continue;
        throw InputError{subject + ": the id '" + rows[i].site.id + "' stands twice, in " +
                         rows[other->second].row + " and " + rows[i].row + "; give each site its own"};
    }
    return index;
}

/// "A, B, C and 4 more"
std::string some_of(const std::vector<std::string>& names) {
    constexpr std::size_t most = 5;
    std::string list;
    for (std::size_t i = 0; i < std::min(most, names.size()); ++i) list += (i == 0 ? "" : ", ") + names[i];
    return names.size() > most ? list + fmt::format(" and {} more", names.size() - most) : list;
}

void check_network(const std::vector<SiteRow>& rows, const RowOfId& index, const std::string& subject,
                   Problems& problems) {
    std::vector<Site> sites;
    for (const SiteRow& row : rows) {
        for (const std::string& parent : row.site.parents) {
            if (index.contains(parent)) continue;
            throw InputError{fmt::format("{}, {}: the parent '{}' of site '{}' is not in the table", subject,
                                         row.row, parent, row.site.id)};
        }
        sites.push_back({row.site.id, row.site.parents});
    }
    const SiteNetwork network = [&] {
        try {
            return SiteNetwork{sites};
        } catch (const SiteNetworkError& error) {
            throw InputError{subject + ", site '" + error.site() + "': " + error.what()};
        }
    }();
    for (const BackhaulRing& ring : network.rings()) {
        std::vector<std::string> ids;
        for (const SiteNumber site : ring.sites) ids.push_back(network.id(site));
        problems.push_back(
            {subject,
             fmt::format("{} sites carry each other's traffic in a ring ({}); {}", ids.size(), some_of(ids),
                         ring.reaches_root
                             ? "they are connected while one of them reaches a site without parents"
                             : "none of them reaches a site without parents, so all of them count as off "
                               "the air")});
    }
}

/// Polygons by name, in the study's CRS.
std::map<std::string, MultiPolygon> read_footprints(const SiteTableInput& input,
                                                    const SiteSurroundings& study, Problems& problems) {
    VectorLayer layer{input.footprints, LayerContents::polygons, "footprints of the sites", problems};
    if (input.footprint_id_field.empty()) {
        throw InputError{layer.quoted() +
                         " (footprints of the sites): say which field names the polygons with "
                         "footprint_id = \"...\"; its fields are: " +
                         layer.field_list()};
    }
    const int id = layer.field(input.footprint_id_field, "footprint_id");
    std::vector<std::string> names;
    std::vector<MultiPolygon> shapes;
    std::set<std::string> seen;
    layer.for_each([&](const VectorLayer::Feature& feature) {
        const std::string subject = layer.quoted() + ", " + feature.words();
        const auto name = feature.text(id);
        if (!name)
            throw InputError{subject + ": the footprint has no name in '" + input.footprint_id_field + "'"};
        if (!seen.insert(*name).second) {
            throw InputError{subject + ": a second footprint is called '" + *name +
                             "'; join the polygons of one site"};
        }
        GatheredPolygons gathered = feature.polygons();
        if (!gathered.remark.empty()) problems.push_back({subject, "geometry: " + gathered.remark});
        if (!gathered.shape.parts.empty()) repair_and_tell(gathered.shape, subject, problems);
        if (gathered.shape.parts.empty())
            throw InputError{subject + ": footprint '" + *name + "' has no area"};
        names.push_back(*name);
        shapes.push_back(std::move(gathered.shape));
    });
    static_cast<void>(bring_into_study(shapes, layer.crs(), study.crs, study.grid, layer.quoted(),
                                       [&](std::size_t i) { return "footprint '" + names[i] + "'"; }));
    std::map<std::string, MultiPolygon> by_name;
    for (std::size_t i = 0; i < names.size(); ++i) by_name.emplace(names[i], std::move(shapes[i]));
    return by_name;
}

/// Every site gets a footprint or a radius.
void give_reach(std::vector<SiteRow>& rows, const SiteSurroundings& study, const std::string& subject,
                Problems& problems) {
    const SiteTableInput& input = *study.event.sites;
    std::map<std::string, MultiPolygon> footprints;
    if (!input.footprints.path.empty()) footprints = read_footprints(input, study, problems);
    std::size_t by_default = 0;
    for (SiteRow& row : rows) {
        if (!row.footprint.empty()) {
            const auto found = footprints.find(row.footprint);
            if (found == footprints.end()) {
                throw InputError{subject + ", " + row.row + ": " +
                                 (input.footprints.path.empty()
                                      ? "footprint '" + row.footprint +
                                            "' is named, but no polygons are; write footprints = \"file\""
                                      : "no polygon of '" + input.footprints.path + "' is called '" +
                                            row.footprint + "'")};
            }
            row.site.footprint = found->second;
        } else if (const auto own = footprints.find(row.site.id); own != footprints.end()) {
            row.site.footprint = own->second;
        }
        if (!row.site.footprint.parts.empty() || row.site.radius_m > 0) continue;
        if (!input.radius_m) {
            throw InputError{subject + ", " + row.row + ": site '" + row.site.id +
                             "' has neither a radius nor a footprint; write radius_m = 3000 in [event.sites] "
                             "for all such sites"};
        }
        row.site.radius_m = *input.radius_m;
        ++by_default;
    }
    if (by_default > 0) {
        problems.push_back(
            {subject, fmt::format("{} site(s) without a reach of their own serve {:.10g} m around "
                                  "them, as radius_m states",
                                  by_default, *input.radius_m)});
    }
}

std::string bring_sites_into_study(std::vector<SiteRow>& rows, const VectorLayer& layer,
                                   const SiteSurroundings& study, Problems& problems) {
    std::vector<Point> positions;
    positions.reserve(rows.size());
    for (const SiteRow& row : rows) positions.push_back(row.site.position);
    std::string operation = bring_points_into_study(positions, layer, study.crs);
    const GridSpec& grid = study.grid;
    std::size_t outside = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (std::isnan(positions[i].x)) {
            throw InputError{subject_of(layer) + ", " + rows[i].row + ": site '" + rows[i].site.id +
                             "' has no position in the CRS of the population raster"};
        }
        rows[i].site.position = positions[i];
        const double column = grid.column_at(positions[i].x);
        const double row = grid.row_at(positions[i].y);
        if (!(column >= 0 && column < grid.columns && row >= 0 && row < grid.rows)) ++outside;
    }
    if (outside > 0) {
        problems.push_back(
            {subject_of(layer),
             fmt::format("{} of {} sites stand outside the population raster; they are kept, as "
                         "they may reach into it or carry others",
                         outside, rows.size())});
    }
    return operation;
}

void tell_of_other_technologies(const std::vector<SiteRow>& rows, const SiteSurroundings& study,
                                const std::string& subject, Problems& problems) {
    std::map<std::string, std::size_t> others;
    for (const SiteRow& row : rows) {
        for (const std::string& technology : row.site.technologies) {
            const auto& known = study.technologies;
            if (std::find(known.begin(), known.end(), technology) == known.end()) ++others[technology];
        }
    }
    for (const auto& [technology, count] : others) {
        problems.push_back(
            {subject, fmt::format("{} site(s) give '{}', of which the study has no coverage; that "
                                  "part of them plays no role",
                                  count, technology)});
    }
}

/// What the status file says holds instead of what the table says.
void apply_status_file(std::vector<SiteRow>& rows, const RowOfId& index, const EventInput& event,
                       const std::string& subject) {
    if (!event.status) return;
    const auto stated = read_status_file(event.status->path, event.status->encoding, Status::unknown);
    for (const StatusRow& status : stated) {
        const auto found = index.find(status.id);
        if (found == index.end()) {
            throw InputError{"status " + status.where + ": no site '" + status.id + "' in " + subject};
        }
        SiteRecord& site = rows[found->second].site;
        site.status = status.status;
        site.cause = status.cause;
        site.since_hours.reset();
        if (status.since) {
            site.since_hours = hours_from_event(*status.since, event, "status " + status.where + ": since");
        }
        site.repair_hours = status.repair_hours;
    }
}

}  // namespace

SiteTable read_site_table(const SiteSurroundings& study, Problems& problems) {
    const SiteTableInput& input = *study.event.sites;
    const auto named = [&](const std::string& meaning) {
        for (const auto& [key, column] : input.fields) {
            if (key == meaning) return column;
        }
        return std::string{};
    };
    VectorLayer layer{input.file, LayerWish{LayerContents::points, false, named("lon"), named("lat")},
                      "sites of the event", problems};
    const std::string subject = subject_of(layer);
    std::vector<SiteRow> rows = read_site_rows(layer, study.event, problems);
    const RowOfId index = index_ids(rows, subject);
    check_network(rows, index, subject, problems);
    SiteTable table;
    table.name = input.file.path;
    const auto& status = study.event.status;
    table.synthetic = layer.synthetic() || (status && marked_synthetic(status->path));
    table.operation = bring_sites_into_study(rows, layer, study, problems);
    give_reach(rows, study, subject, problems);
    tell_of_other_technologies(rows, study, subject, problems);
    apply_status_file(rows, index, study.event, subject);
    table.sites.reserve(rows.size());
    for (SiteRow& row : rows) table.sites.push_back(std::move(row.site));
    return table;
}

}  // namespace phusong::io
