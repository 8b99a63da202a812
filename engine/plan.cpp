#include "engine/plan.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>
#include <tuple>

#include "algorithms/service/service_state.hpp"
#include "engine/errors.hpp"
#include "engine/make_event_plan.hpp"
#include "engine/plan_fingerprint.hpp"

namespace phusong {

namespace {

/// Side of a cell in metres near the middle of a grid: what "finer" means between degrees and metres.
double cell_side_metres(const GridSpec& grid, const EarthSurface& surface) {
    if (!surface.geographic) return grid.cell_width * surface.metres_per_unit;
    const double north = grid.y_at(grid.rows / 2.0);
    const double area =
        area_between_parallels(surface.ellipsoid, north - grid.cell_height, north, grid.cell_width);
    return std::sqrt(std::abs(area));
}

/// The same for a coverage raster, whose cells are measured by moving a study cell into its CRS.
double coverage_cell_metres(const CoverageSource& layer, const GridSpec& population,
                            const EarthSurface& surface) {
    if (!layer.raster) return 0;
    const GridSpec& grid = layer.raster->description().grid;
    if (!layer.from_study)
        return cell_side_metres(population, surface) * grid.cell_width / population.cell_width;
    const double middle_x = population.x_at(population.columns / 2.0);
    const double middle_y = population.y_at(population.rows / 2.0);
    double x[] = {middle_x, middle_x + population.cell_width, middle_x};
    double y[] = {middle_y, middle_y, middle_y - population.cell_height};
    layer.from_study->open()->apply(x, y);
    const double east = std::hypot(x[1] - x[0], y[1] - y[0]);
    const double south = std::hypot(x[2] - x[0], y[2] - y[0]);
    const double side = std::sqrt(east * south);  // a population cell in the layer's units
    if (!(side > 0)) return 0;
    return cell_side_metres(population, surface) * std::min(grid.cell_width, grid.cell_height) / side;
}

/// Zone numbers follow place: relabelling communes or reordering the file then changes no bit.
bool lies_before(const Zone& a, const Zone& b) {
    const auto key = [](const Zone& zone) {
        const Extent extent = zone.shape.parts.empty() ? Extent{} : extent_of(zone.shape);
        std::size_t points = 0;
        for (const PolygonPart& part : zone.shape.parts) points += part.shell.size();
        return std::tuple{extent.west, extent.south, extent.east, extent.north, points};
    };
    const auto key_a = key(a);
    const auto key_b = key(b);
    return key_a != key_b ? key_a < key_b : a.code < b.code;
}

bool touches(const Extent& extent, const GridSpec& grid) {
    return extent.west < grid.x_at(grid.columns) && extent.east > grid.x_at(0) &&
           extent.north > grid.y_at(grid.rows) && extent.south < grid.y_at(0);
}

LatticeShape place(const Zone& zone, const GridSpec& study_grid) {
    if (zone.shape.parts.empty() || !touches(extent_of(zone.shape), study_grid)) return {};
    try {
        return on_lattice(zone.shape, study_grid);
    } catch (const std::out_of_range&) {
        throw InputError{"commune " + zone.code +
                         ": a vertex lies more than a million cells outside the "
                         "population raster; check the CRS of the communes"};
    }
}

std::int32_t tile_side_in_population_cells(const Plan& plan, const Sources& sources,
                                           const PlanOptions& options, double finest_ratio) {
    const RasterDescription& people = sources.population->description();
    std::int32_t side = std::max(1, options.tile_side / plan.refine);
    // Whole blocks of the population file, so that none is decoded twice, and no other thread decodes it,
    // too. Where cells are cut into parts, a whole block may be a few times larger than a tile, and coverage
    // on the same lattice comes in whole blocks as well; else a half, a quarter... of it.
    if (people.block_rows == people.block_columns) {
        constexpr std::int32_t most_enlarged = 3;
        std::int32_t block = people.block_rows;
        while (block % 2 == 0 && block * plan.refine > most_enlarged * options.tile_side) block /= 2;
        if (people.block_rows <= side) {
            side -= side % people.block_rows;
        } else if (plan.refine > 1 && block > side / 2) {
            side = block;
        }
    }
    // A coverage layer much finer than the study grid: at most 2,048 of its cells a side in hand.
    if (finest_ratio > 0) {
        side = std::max(1, std::min(side, static_cast<std::int32_t>(2048 * finest_ratio)));
    }
    return side;
}

std::string words_outside(double part) {
    return "about " + std::to_string(std::max(1L, std::lround(100 * (1 - part)))) + " % of its area";
}

/// Communes that the population raster does not cover whole. A long coast has many of them: they are one
/// problem then; inside_raster_pct tells of each.
/// @param inside part of each commune's area that the raster covers
void tell_who_is_outside(const std::vector<Zone>& zones, const std::vector<double>& inside,
                         const std::string& raster_name, Problems& problems) {
    constexpr double sticking_out = 1e-6;  // of borders that coincide with the raster's edge
    constexpr std::size_t told_one_by_one = 10;
    const std::string raster = "outside the population raster '" + raster_name + "'";
    const auto name_of = [&](std::size_t i) { return zones[i].code + " " + zones[i].name; };
    std::vector<std::size_t> partly;
    for (std::size_t i = 0; i < zones.size(); ++i) {
        if (zones[i].shape.parts.empty() || inside[i] > 1 - sticking_out) continue;
        if (inside[i] > 0) {
            partly.push_back(i);
        } else {
            problems.push_back({"commune " + name_of(i), "lies " + raster + "; its people are unknown"});
        }
    }
    if (partly.size() > told_one_by_one) {
        const std::size_t most =
            *std::min_element(partly.begin(), partly.end(),
                              [&](std::size_t a, std::size_t b) { return inside[a] < inside[b]; });
        problems.push_back({std::to_string(partly.size()) + " communes",
                            "lie partly " + raster + ", most of all " + name_of(most) + ": " +
                                words_outside(inside[most]) + "; people there are not counted"});
        return;
    }
    for (const std::size_t i : partly) {
        problems.push_back({"commune " + name_of(i),
                            words_outside(inside[i]) + " lies " + raster + "; people there are not counted"});
    }
}

}  // namespace

Plan make_plan(const Study& study, const Sources& sources, const PlanOptions& options) {
    if (study.coverage.size() > ServiceState::most_layers) {
        throw LimitError{"the study names " + std::to_string(study.coverage.size()) +
                         " coverage layers; at most 32 fit into one pass, split the study"};
    }
    const GridSpec population_grid = sources.population->description().grid;
    const double population_metres = cell_side_metres(population_grid, sources.surface);
    std::vector<double> metres;
    double finest_ratio = 0;
    for (const CoverageSource& layer : sources.coverage) {
        metres.push_back(coverage_cell_metres(layer, population_grid, sources.surface));
        if (metres.back() > 0) {
            const double ratio = metres.back() / population_metres;
            finest_ratio = finest_ratio == 0 ? ratio : std::min(finest_ratio, ratio);
        }
    }
    const std::int32_t refine =
        study.refine.value_or(choose_refine(population_grid, population_metres, sources.coverage, metres));
    if (refine < 1 || refine > 256) throw InputError{"refine must lie between 1 and 256"};
    constexpr std::int64_t most_cells = std::int64_t{1} << 20;
    if (std::int64_t{population_grid.rows} * refine > most_cells ||
        std::int64_t{population_grid.columns} * refine > most_cells) {
        throw LimitError{
            "the study grid would have more than 1,048,576 rows or columns; cut the population "
            "raster to the area of the study or set a smaller refine"};
    }

    const GridSpec study_grid = refined(population_grid, refine);
    std::vector<Zone> zones = sources.zones;
    std::sort(zones.begin(), zones.end(), lies_before);
    std::vector<LatticeShape> shapes;
    std::vector<double> inside;
    Problems problems = sources.problems;
    for (const Zone& zone : zones) {
        shapes.push_back(place(zone, study_grid));
        const LatticeShape& shape = shapes.back();
        double part = 0;
        // A border that coincides with the raster's edge may touch it, or stick out of it, by vertex noise;
        // cells inside are people all the same, however large the rest of the commune.
        constexpr double touching = 1e-9;
        constexpr double touching_cells = 1e-3;
        if (!shape.rings.empty()) {
            const LatticeArea area = study_grid.window().contains(shape.bounds)
                                         ? LatticeArea{1, 1}
                                         : area_in_window(shape, study_grid.window());
            part = area.whole > 0 ? area.inside / area.whole : 0;
            if (part < touching && area.inside < touching_cells) part = 0;
        }
        inside.push_back(part);
    }
    tell_who_is_outside(zones, inside, sources.population->description().name, problems);

    Plan plan{study,
              technologies_of(study),
              {},
              {},
              population_grid,
              refine,
              study_grid,
              Tiling{population_grid.window(), 1, 1},
              std::move(zones),
              std::move(inside),
              ZoneIndex{std::move(shapes)},
              CellAreas{study_grid, sources.surface},
              CellAreas{population_grid, sources.surface},
              sources.surface,
              {},
              std::nullopt,
              sources.population->description().name,
              0,
              0,
              std::move(problems)};
    plan.combinations = combinations_of(plan.technologies);
    plan.dead_zones = dead_zone_definitions(study, plan.technologies);
    for (const CoverageSource& layer : sources.coverage) plan.alignments.push_back(align(study_grid, layer));
    plan.event = make_event_plan(study, sources, plan.technologies, study_grid, plan.problems);
    if (plan.event) {
        if (auto lost = lost_definition(plan.dead_zones, *plan.event)) {
            plan.dead_zones.push_back(std::move(*lost));
        }
    }
    const std::int32_t side = tile_side_in_population_cells(plan, sources, options, finest_ratio);
    plan.tiling = Tiling{population_grid.window(), side, side};
    plan.pass_fingerprint = pass_fingerprint_of(plan, sources);
    plan.fingerprint = fingerprint_of(plan);
    return plan;
}

}  // namespace phusong
