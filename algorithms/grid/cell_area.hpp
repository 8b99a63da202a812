#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "algorithms/grid/grid_spec.hpp"
#include "algorithms/quantities/area.hpp"

namespace phusong {

struct Ellipsoid {
    double semi_major_metres = 6378137;         ///< WGS 84
    double inverse_flattening = 298.257223563;  ///< WGS 84; 0 for a sphere
};

/// What turns a cell of a CRS into square metres.
struct EarthSurface {
    Ellipsoid ellipsoid;
    bool geographic = true;      ///< coordinates are degrees; else lengths on a map
    double metres_per_unit = 1;  ///< of a map
    /// Of a map: map area / true area around a position; empty stands for 1 everywhere.
    std::function<double(double x, double y)> areal_scale;
};

/// Area in m2 between two parallels over `width_degrees` of longitude, exact on the ellipsoid of revolution
/// (authalic latitude; Snyder 1987, eq. 3-12 and 14-2). @pre latitudes within -90..90 degrees
[[nodiscard]] double area_between_parallels(const Ellipsoid& ellipsoid, double south_degrees,
                                            double north_degrees, double width_degrees);

/// Ellipsoidal area of every cell of a grid, as fixed numbers that do not depend on who asks.
/// On a map the area is constant over blocks of 32 x 32 cells counted from the grid's corner: over 3 km the
/// areal scale of a transverse Mercator zone changes by less than 1e-6.
class CellAreas {
public:
    CellAreas(const GridSpec& grid, const EarthSurface& surface);

    [[nodiscard]] Area of_cell(std::int32_t row, std::int32_t column) const {
        return of_block_[place(row, column)];
    }
    /// Sum over the cells [first, end) of a row.
    [[nodiscard]] Area of_run(std::int32_t row, std::int32_t first, std::int32_t end) const {
        if (blocks_in_row_ != 1) return of_blocks(row, first, end);
        return first < end ? of_cell(row, first) * (end - first) : Area{};
    }

private:
    [[nodiscard]] Area of_blocks(std::int32_t row, std::int32_t first, std::int32_t end) const;
    [[nodiscard]] std::size_t place(std::int32_t row, std::int32_t column) const {
        // Of degrees; two divisions a run of cells were 3 % of a pass.
        if (block_rows_ == 1 && blocks_in_row_ == 1) return static_cast<std::size_t>(row);
        return static_cast<std::size_t>(row / block_rows_) * blocks_in_row_ +
               static_cast<std::size_t>(column / block_columns_);
    }

    std::int32_t block_rows_ = 1;
    std::int32_t block_columns_ = 1;
    std::size_t blocks_in_row_ = 1;
    std::vector<Area> of_block_;
};

}  // namespace phusong
