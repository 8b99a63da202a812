#include "algorithms/grid/earth_distance.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace phusong {

namespace {

constexpr double radians = std::numbers::pi / 180;

/// Metres for one radian of latitude and of longitude.
struct Radii {
    double north = 0;
    double east = 0;
};

Radii radii_at(const Ellipsoid& ellipsoid, double latitude_degrees) {
    const double f = ellipsoid.inverse_flattening == 0 ? 0 : 1 / ellipsoid.inverse_flattening;
    const double e2 = f * (2 - f);
    const double sine = std::sin(latitude_degrees * radians);
    const double w = 1 - e2 * sine * sine;
    const double prime_vertical = ellipsoid.semi_major_metres / std::sqrt(w);
    return {prime_vertical * (1 - e2) / w, prime_vertical * std::cos(latitude_degrees * radians)};
}

}  // namespace

double metres_between(const EarthSurface& surface, const Point& a, const Point& b) {
    if (surface.geographic) {
        const Radii radii = radii_at(surface.ellipsoid, 0.5 * (a.y + b.y));
        return std::hypot(radii.east * (b.x - a.x) * radians, radii.north * (b.y - a.y) * radians);
    }
    const double on_map = std::hypot(b.x - a.x, b.y - a.y) * surface.metres_per_unit;
    if (!surface.areal_scale) return on_map;
    return on_map / std::sqrt(surface.areal_scale(0.5 * (a.x + b.x), 0.5 * (a.y + b.y)));
}

CellMetric metric_of_row(const EarthSurface& surface, const GridSpec& grid, std::int32_t row) {
    constexpr double one = 4096;
    double ratio = grid.cell_width / grid.cell_height;
    if (surface.geographic) {
        const Radii radii = radii_at(surface.ellipsoid, grid.y_at(row + 0.5));
        ratio *= std::abs(radii.east) / radii.north;
    } else if (grid.cell_width == grid.cell_height) {
        return {};
    }
    return {std::max(std::int64_t{1}, static_cast<std::int64_t>(std::llround(ratio * ratio * one))),
            static_cast<std::int64_t>(one)};
}

}  // namespace phusong
