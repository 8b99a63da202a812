#include "algorithms/damage/site_reach.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "algorithms/grid/earth_distance.hpp"
#include "algorithms/grid/tile_view.hpp"
#include "algorithms/zones/burn.hpp"

namespace phusong {

namespace {

Window common(const Window& a, const Window& b) {
    const std::int32_t row = std::max(a.row, b.row);
    const std::int32_t column = std::max(a.column, b.column);
    const std::int32_t rows = std::min(a.row_end(), b.row_end()) - row;
    const std::int32_t columns = std::min(a.column_end(), b.column_end()) - column;
    if (rows <= 0 || columns <= 0) return {};
    return {row, column, rows, columns};
}

/// A cell number from a position on the lattice, kept where sums of two cannot overflow.
std::int32_t cell_near(double position) {
    constexpr double far = 0x1p29;
    return static_cast<std::int32_t>(std::floor(std::clamp(position, -far, far)));
}

/// Metres of a cell's height and width around a position. Short steps: of a cell, or of 1e-3 units.
struct CellSides {
    double across = 0;
    double down = 0;
};
CellSides sides_at(const GridSpec& grid, const EarthSurface& surface, const Point& place) {
    const double down = metres_between(surface, {place.x, place.y - grid.cell_height / 2},
                                       {place.x, place.y + grid.cell_height / 2});
    const double across = metres_between(surface, {place.x - grid.cell_width / 2, place.y},
                                         {place.x + grid.cell_width / 2, place.y});
    return {across, down};
}

}  // namespace

SiteReach::SiteReach(const GridSpec& grid, const EarthSurface& surface, std::vector<SiteArea> areas)
    : grid_{grid}, surface_{surface}, areas_{std::move(areas)} {
    for (const SiteArea& area : areas_) {
        if (!area.shape.rings.empty()) {
            bounds_.push_back(area.shape.bounds);
            continue;
        }
        const CellSides sides = sides_at(grid, surface, area.centre);
        // A cell's width shrinks towards the pole: a tenth more than at the site is more than it can need.
        const double half_columns = 1.1 * area.radius_m / sides.across + 1;
        const double half_rows = 1.1 * area.radius_m / sides.down + 1;
        const double row = (grid.origin_y - area.centre.y) / grid.cell_height;
        const double column = (area.centre.x - grid.origin_x) / grid.cell_width;
        const std::int32_t top = cell_near(row - half_rows);
        const std::int32_t left = cell_near(column - half_columns);
        bounds_.push_back(
            {top, left, cell_near(row + half_rows) + 1 - top, cell_near(column + half_columns) + 1 - left});
    }
}

void SiteReach::add_circle(const SiteArea& area, SiteNumber site, Window window,
                           std::span<const double> across, std::vector<std::vector<ReachRun>>& rows) const {
    const Window part = common(bounds_[static_cast<std::size_t>(site)], window);
    const double column = (area.centre.x - grid_.origin_x) / grid_.cell_width;
    for (std::int32_t row = part.row; row < part.row_end(); ++row) {
        const Point in_row{area.centre.x, grid_.y_at(row + 0.5)};
        const double away = metres_between(surface_, area.centre, in_row);
        if (!(away <= area.radius_m)) continue;
        const double half = std::sqrt((area.radius_m - away) * (area.radius_m + away)) /
                            across[static_cast<std::size_t>(row - window.row)];
        // Centres at column + 1/2 within half of the site.
        const auto first = static_cast<std::int32_t>(
            std::ceil(std::max(column - half - 0.5, static_cast<double>(part.column))));
        const auto last = static_cast<std::int32_t>(
            std::floor(std::min(column + half - 0.5, static_cast<double>(part.column_end() - 1))));
        if (first <= last)
            rows[static_cast<std::size_t>(row - window.row)].push_back({first, last + 1, site});
    }
}

std::vector<std::vector<ReachRun>> SiteReach::runs(Window window) const {
    std::vector<std::vector<ReachRun>> rows(static_cast<std::size_t>(window.rows));
    // A cell is as wide everywhere in its row.
    std::vector<double> across;
    for (std::int32_t row = window.row; row < window.row_end() && !areas_.empty(); ++row) {
        const Point in_row{grid_.x_at(grid_.columns / 2.0), grid_.y_at(row + 0.5)};
        across.push_back(sides_at(grid_, surface_, in_row).across);
    }
    std::vector<std::uint8_t> inside;
    for (std::size_t i = 0; i < areas_.size(); ++i) {
        const Window part = common(bounds_[i], window);
        if (part.empty()) continue;
        const auto site = static_cast<SiteNumber>(i);
        if (areas_[i].shape.rings.empty()) {
            add_circle(areas_[i], site, window, across, rows);
            continue;
        }
        inside.assign(part.cell_count(), 0);
        const TileView<std::uint8_t> view{part, inside};
        burn(areas_[i].shape, 1, view);
        for (std::int32_t row = part.row; row < part.row_end(); ++row) {
            const auto cells = view.row(row);
            for (std::size_t first = 0, end = 0; first < cells.size(); first = end) {
                while (end < cells.size() && cells[end] == cells[first]) ++end;
                if (cells[first] == 0) continue;
                rows[static_cast<std::size_t>(row - window.row)].push_back(
                    {part.column + static_cast<std::int32_t>(first),
                     part.column + static_cast<std::int32_t>(end), site});
            }
        }
    }
    return rows;
}

}  // namespace phusong
