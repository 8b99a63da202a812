#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "algorithms/grid/grid_spec.hpp"
#include "engine/sources.hpp"

namespace phusong {

/// Cells of another raster that hold the sample points of a study window's cells.
struct SampledCells {
    std::vector<Cell> cells;  ///< row-major over the study window; row -1 where the point is off the raster
    Window hull;              ///< a window of the other raster that holds them; empty when none does
};

/// Where the points of neighbouring study cells lie on the other raster.
struct SampledPlace {
    Window hull;          ///< cells that hold all points that are on the raster; empty: none is
    bool inside = false;  ///< whether all points are on the raster
};

/// Finds, for one point in every study cell, the cell of another lattice (nearest neighbour).
///
/// The points of a population cell, which is cut k x k, stand on a net that no border can follow: in column i
/// and row j of it at ((i + (p(j) + 1/2) / k) / k, (j + (p(i) + 1/2) / k) / k), where p shuffles 0..k-1 as
/// the multiples of the golden ratio do. No two points share an x or a y, so that a border of the coverage
/// that runs nearly along the grid, as borders of UTM cells do on a lon/lat grid, flips one point at a time
/// and not whole columns; and the rows of any part of the cell have shifts spread evenly, so that the same
/// holds where a border ends at a corner or at a commune's edge. Decision 0003 has the measurement.
///
/// Positions go through an exact transform at the corners of blocks and bilinear interpolation between them.
/// Blocks have 128 cells a side; where interpolation misses the transform by more than 1/256 of a cell of the
/// other raster at a block's check points, 32 cells; where it then misses by more than 1/16, the block's
/// cells are transformed one by one: the stated bound of 1/8 holds with a factor of two to spare. Blocks are
/// counted from the study grid's corner, so no answer depends on the window asked for.
class CellSampler {
public:
    /// Study cells that lie on the other raster as one piece, or that were found one by one.
    struct Block {
        Window study;

    private:
        friend class CellSampler;
        /// Values at the corners of what was interpolated.
        struct Corners {
            double north_west = 0, north_east = 0, south_west = 0, south_east = 0;

            [[nodiscard]] double at(double u, double v) const {
                return (1 - v) * ((1 - u) * north_west + u * north_east) +
                       v * ((1 - u) * south_west + u * south_east);
            }
        };
        std::int32_t row = 0;     ///< of the corner
        std::int32_t column = 0;  ///< of the corner
        std::int32_t side = 0;    ///< 0: cells were found one by one
        Corners columns;          ///< of the other raster
        Corners rows;
        std::size_t first_cell = 0;  ///< of those found one by one
    };

    /// @param refine parts per population cell side. @pre refine >= 1
    /// @param transform from the study's CRS to the raster's; null where both are the same
    CellSampler(const GridSpec& study_grid, std::int32_t refine, const GridSpec& raster_grid,
                std::unique_ptr<CoordinateTransform> transform);

    /// Cuts a study window into blocks. Valid until the next call.
    std::span<const Block> blocks(Window study_window);

    /// Where the points of a part of a block lie, give or take a cell. @pre the block holds the part
    [[nodiscard]] SampledPlace place_of(const Block& block, const Window& part) const;

    /// The cells under the points of a part of a block; row -1 where a point is off the raster.
    /// @param out row-major over the part @pre the block holds the part
    void cells_of(const Block& block, const Window& part, std::span<Cell> out) const;
    /// The same as places in a row-major buffer of a window of the raster.
    /// @param hull which holds the part's place @pre all points of the part are on the raster
    void offsets_of(const Block& block, const Window& part, const Window& hull,
                    std::span<std::int32_t> out) const;

    /// All blocks' cells at once. @param out whose memory serves again
    void sample(Window study_window, SampledCells& out);
    [[nodiscard]] SampledCells sample(Window study_window) {
        SampledCells out;
        sample(study_window, out);
        return out;
    }

private:
    /// Adds blocks of a side; @return those where interpolation is too far off
    std::vector<Window> add_blocks(std::span<const Window> windows, std::int32_t side, double tolerance);
    /// Raster column and row (fractional) of positions given as study column and row (fractional).
    void to_raster(std::vector<double>& columns, std::vector<double>& rows);

    /// How far a point stands from its cell's centre along one axis, by its number along the other one.
    [[nodiscard]] double shift(std::int32_t across) const {
        return shifts_[static_cast<std::size_t>(across) % shifts_.size()];
    }
    [[nodiscard]] Cell cell_at(double column, double row) const;
    /// Columns and rows of the raster (fractional) under the points of a part of a block that is
    /// interpolated.
    template <typename Sink>
    void interpolate(const Block& block, const Window& part, Sink&& sink) const;

    GridSpec study_;
    std::vector<double> shifts_;  ///< by the number in the population cell
    GridSpec raster_;
    std::unique_ptr<CoordinateTransform> transform_;
    std::vector<Block> blocks_;
    std::vector<Cell> cells_;  ///< of blocks whose cells were found one by one
};

}  // namespace phusong
