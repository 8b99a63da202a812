#pragma once

#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "algorithms/grid/grid_spec.hpp"
#include "engine/sources.hpp"

namespace phusong {

/// Cells of another raster that hold the centres of a study window's cells.
struct SampledCells {
    std::vector<Cell> cells;  ///< row-major over the study window; row -1 where the centre is off the raster
    Window hull;              ///< smallest window of the other raster that holds them; empty when none does
};

/// Finds, for the centre of every study cell, the cell of another lattice (nearest neighbour), through an
/// exact transform at the nodes of a coarse net and bilinear interpolation between them. Where interpolation
/// misses the transform by more than 1/16 of a cell of the other raster at a block's check points, the
/// block's cells are transformed one by one: the stated bound of 1/8 holds with a factor of two to spare.
/// Blocks are counted from the study grid's corner, so no answer depends on the window asked for.
class CentreSampler {
public:
    /// @param transform from the study's CRS to the raster's; null where both are the same
    CentreSampler(const GridSpec& study_grid, const GridSpec& raster_grid,
                  std::unique_ptr<CoordinateTransform> transform)
        : study_{study_grid}, raster_{raster_grid}, transform_{std::move(transform)} {}

    [[nodiscard]] SampledCells sample(Window study_window);

private:
    /// Raster column and row (fractional) of positions given as study column and row (fractional).
    void to_raster(std::vector<double>& columns, std::vector<double>& rows);

    GridSpec study_;
    GridSpec raster_;
    std::unique_ptr<CoordinateTransform> transform_;
};

}  // namespace phusong
