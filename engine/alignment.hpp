#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "algorithms/grid/grid_spec.hpp"
#include "engine/sources.hpp"
#include "engine/study.hpp"

namespace phusong {

/// How a coverage layer comes onto the study grid. The manifest says which of the three happened.
struct Alignment {
    enum class Kind : std::uint8_t {
        same_lattice,   ///< every study cell lies whole in one cell of the layer: exact
        sampled,        ///< nearest neighbour at one point in every study cell
        burned_centres  ///< polygons, inside or outside at study-cell centres
    };
    Kind kind = Kind::sampled;
    LatticeRatio ratio;  ///< of same_lattice: layer cells in study cells

    [[nodiscard]] std::string words() const;
};

/// Most parts per side that a population cell is cut into when the study does not say.
inline constexpr std::int32_t most_refinement = 16;

/// Study cells up to which a sampled study is refined further than it must be: small studies are counted in a
/// moment either way, and their few cells average less of the sampling error out.
inline constexpr std::int64_t affordable_study_cells = std::int64_t{1} << 24;

/// The number of parts per population cell side. Exact ratios first; where a layer is sampled, the smallest
/// that makes a study cell no larger than half the finest coverage cell (2 at least), or more while the study
/// stays within `affordable_study_cells`; at most `most_refinement`.
/// @param cell_metres side lengths of the layers' cells in metres, 0 for polygons; of the population's cells
[[nodiscard]] std::int32_t choose_refine(const GridSpec& population, double population_cell_metres,
                                         std::span<const CoverageSource> coverage,
                                         std::span<const double> cell_metres);

[[nodiscard]] Alignment align(const GridSpec& study_grid, const CoverageSource& coverage);

}  // namespace phusong
