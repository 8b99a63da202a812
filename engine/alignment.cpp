#include "engine/alignment.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace phusong {

std::string Alignment::words() const {
    switch (kind) {
        case Kind::same_lattice:
            return "same lattice (exact)";
        case Kind::sampled:
            return "sampled at a point of every study cell, nearest neighbour";
        case Kind::burned_centres:
            return "polygons burned at study-cell centres";
    }
    return "";
}

std::int32_t choose_refine(const GridSpec& population, double population_cell_metres,
                           std::span<const CoverageSource> coverage, std::span<const double> cell_metres) {
    std::int32_t common = 1;  // a multiple of every exact ratio
    std::int32_t needed =
        1;  // for layers on other lattices; 2 at least, or no cell could be seen to be mixed
    for (std::size_t i = 0; i < coverage.size(); ++i) {
        const CoverageSource& layer = coverage[i];
        if (layer.raster && !layer.from_study) {
            const GridSpec& grid = layer.raster->description().grid;
            LatticeRatio ratio;
            if (nests_in(population, grid, ratio)) continue;  // coarser than people: exact as it is
            if (nests_in(grid, population, ratio) && ratio.ratio_rows == ratio.ratio_columns &&
                ratio.ratio_rows <= most_refinement) {
                common = std::lcm(common, ratio.ratio_rows);
                continue;
            }
        }
        // Polygons have no cell; 16 parts a side bring the error of a straight border below 0.3 % of a cell.
        const double finest = layer.raster ? cell_metres[i] : 0;
        const double parts =
            finest > 0 ? std::max(2.0, std::ceil(population_cell_metres / (0.5 * finest))) : most_refinement;
        needed = std::max(needed, static_cast<std::int32_t>(std::min<double>(parts, most_refinement)));
    }
    if (needed == 1) return common <= most_refinement ? common : 1;
    if (common > most_refinement) common = 1;
    const auto cells = static_cast<std::int64_t>(population.window().cell_count());
    std::int32_t chosen = 0;
    for (std::int32_t k = common; k <= most_refinement; k += common) {
        if (k < needed) continue;
        if (chosen == 0 || cells * k * k <= affordable_study_cells) chosen = k;
    }
    // No multiple of the exact ratios is fine enough: the sampled layers decide.
    return chosen == 0 ? needed : chosen;
}

Alignment align(const GridSpec& study_grid, const CoverageSource& coverage) {
    if (!coverage.raster) return {Alignment::Kind::burned_centres, {}};
    if (!coverage.from_study) {
        LatticeRatio ratio;
        if (nests_in(study_grid, coverage.raster->description().grid, ratio)) {
            return {Alignment::Kind::same_lattice, ratio};
        }
    }
    return {Alignment::Kind::sampled, {}};
}

}  // namespace phusong
