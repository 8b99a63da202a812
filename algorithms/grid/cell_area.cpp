#include "algorithms/grid/cell_area.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace phusong {

double area_between_parallels(const Ellipsoid& ellipsoid, double south_degrees, double north_degrees,
                              double width_degrees) {
    constexpr double radians = std::numbers::pi / 180;
    const double f = ellipsoid.inverse_flattening == 0 ? 0 : 1 / ellipsoid.inverse_flattening;
    const double e2 = f * (2 - f);
    const double a = ellipsoid.semi_major_metres;
    // The difference of two near values of q loses digits for small cells, so q' is integrated instead:
    // dq/dphi = 2 (1 - e2) cos(phi) / (1 - e2 sin2(phi))^2, by Gauss-Legendre with 5 nodes, whose error over
    // one degree is below 1e-15 of the area.
    constexpr double node[] = {0.0, 0.538469310105683091, 0.906179845938663993};
    constexpr double weight[] = {0.568888888888888889, 0.478628670499366468, 0.236926885056189088};
    const auto density = [&](double phi) {
        const double sine = std::sin(phi);
        const double w = 1 - e2 * sine * sine;
        return (1 - e2) * std::cos(phi) / (w * w);
    };
    const auto strip = [&](double south, double north) {
        const double middle = 0.5 * (south + north) * radians;
        const double half = 0.5 * (north - south) * radians;
        double sum = weight[0] * density(middle);
        for (int i = 1; i < 3; ++i) {
            sum += weight[i] * (density(middle - half * node[i]) + density(middle + half * node[i]));
        }
        return sum * half;
    };
    const double degrees = north_degrees - south_degrees;
    const int strips = std::max(1, static_cast<int>(std::ceil(degrees)));
    double sum = 0;
    for (int i = 0; i < strips; ++i) {
        sum += strip(south_degrees + degrees * i / strips, south_degrees + degrees * (i + 1) / strips);
    }
    return a * a * width_degrees * radians * sum;
}

CellAreas::CellAreas(const GridSpec& grid, const EarthSurface& surface) {
    if (surface.geographic) {
        block_columns_ = std::max(grid.columns, 1);
        of_block_.reserve(static_cast<std::size_t>(grid.rows));
        for (std::int32_t row = 0; row < grid.rows; ++row) {
            const double north = std::clamp(grid.y_at(row), -90.0, 90.0);
            const double south = std::clamp(grid.y_at(row + 1), -90.0, 90.0);
            of_block_.push_back(
                Area::round(area_between_parallels(surface.ellipsoid, south, north, grid.cell_width)));
        }
        return;
    }
    constexpr std::int32_t side = 32;
    block_rows_ = side;
    block_columns_ = side;
    blocks_in_row_ = static_cast<std::size_t>((grid.columns + side - 1) / side);
    of_block_.reserve(blocks_in_row_ * static_cast<std::size_t>((grid.rows + side - 1) / side));
    const double on_map =
        grid.cell_width * grid.cell_height * surface.metres_per_unit * surface.metres_per_unit;
    for (std::int32_t row = 0; row < grid.rows; row += side) {
        for (std::int32_t column = 0; column < grid.columns; column += side) {
            const double x = grid.x_at(column + 0.5 * side);
            const double y = grid.y_at(row + 0.5 * side);
            const double scale = surface.areal_scale ? surface.areal_scale(x, y) : 1.0;
            of_block_.push_back(Area::round(on_map / scale));
        }
    }
}

Area CellAreas::of_blocks(std::int32_t row, std::int32_t first, std::int32_t end) const {
    Area sum;
    while (first < end) {
        const std::int32_t block_end = std::min(end, (first / block_columns_ + 1) * block_columns_);
        sum += of_cell(row, first) * (block_end - first);
        first = block_end;
    }
    return sum;
}

}  // namespace phusong
