#include "engine/cell_sampler.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <utility>

namespace phusong {

namespace {

constexpr std::int32_t wide_side = 128;
constexpr double wide_tolerance_cells = 1.0 / 256;
constexpr std::int32_t narrow_side = 32;
constexpr double narrow_tolerance_cells = 1.0 / 16;

/// Positions in a block, from 0 at its first centre to 1 at the next block's, where interpolation is checked.
struct CheckPoint {
    double u;
    double v;
};
constexpr CheckPoint check_points[] = {{0.5, 0.5}, {0.5, 0}, {0, 0.5}, {0.5, 1}, {1, 0.5}};

/// Places from a cell's centre, -1/2 to 1/2, in the order of the first multiples of the golden ratio: any run
/// of them is spread evenly.
std::vector<double> golden_shifts(std::int32_t count) {
    const auto fraction = [](std::int32_t i) {  // in units of 2^-32; the same on every machine
        return static_cast<std::uint32_t>(i) * std::uint32_t{2654435769};
    };
    std::vector<double> shifts;
    for (std::int32_t i = 0; i < count; ++i) {
        std::int32_t rank = 0;
        for (std::int32_t other = 0; other < count; ++other) rank += fraction(other) < fraction(i) ? 1 : 0;
        shifts.push_back((rank + 0.5) / count - 0.5);
    }
    return shifts;
}

/// What rounding may do to an interpolated position, and much more; in cells.
constexpr double slack_cells = 1e-6;

/// Whole blocks of a side that a window reaches into, each cut to the window.
std::vector<Window> cut_into_blocks(std::span<const Window> windows, std::int32_t side) {
    std::vector<Window> blocks;
    for (const Window& window : windows) {
        if (window.empty()) continue;
        for (std::int32_t row = window.row / side * side; row < window.row_end(); row += side) {
            for (std::int32_t column = window.column / side * side; column < window.column_end();
                 column += side) {
                blocks.push_back(intersection(window, {row, column, side, side}));
            }
        }
    }
    return blocks;
}

}  // namespace

CellSampler::CellSampler(const GridSpec& study_grid, std::int32_t refine, const GridSpec& raster_grid,
                         std::unique_ptr<CoordinateTransform> transform)
    : study_{study_grid},
      shifts_{golden_shifts(refine)},
      raster_{raster_grid},
      transform_{std::move(transform)} {}

Cell CellSampler::cell_at(double column, double row) const {
    // NaN fails all comparisons.
    const bool inside = column >= 0 && column < raster_.columns && row >= 0 && row < raster_.rows;
    return {static_cast<std::int32_t>(inside ? row : -1.0),
            static_cast<std::int32_t>(inside ? column : -1.0)};
}

void CellSampler::to_raster(std::vector<double>& columns, std::vector<double>& rows) {
    for (double& column : columns) column = study_.x_at(column);
    for (double& row : rows) row = study_.y_at(row);
    if (transform_) transform_->apply(columns, rows);
    for (double& x : columns) x = raster_.column_at(x);
    for (double& y : rows) y = raster_.row_at(y);
}

std::vector<Window> CellSampler::add_blocks(std::span<const Window> windows, std::int32_t side,
                                            double tolerance) {
    const std::vector<Window> parts = cut_into_blocks(windows, side);
    // Four corners and the check points of every block, in one call of the transform.
    constexpr CheckPoint corner_points[] = {{0, 0}, {1, 0}, {0, 1}, {1, 1}};
    constexpr std::size_t points = std::size(corner_points) + std::size(check_points);
    std::vector<double> x;
    std::vector<double> y;
    x.reserve(points * parts.size());
    y.reserve(points * parts.size());
    for (const Window& part : parts) {
        const std::int32_t first_column = part.column / side * side;
        const std::int32_t first_row = part.row / side * side;
        const auto add = [&](CheckPoint point) {
            x.push_back(first_column + 0.5 + side * point.u);
            y.push_back(first_row + 0.5 + side * point.v);
        };
        for (const CheckPoint& point : corner_points) add(point);
        for (const CheckPoint& point : check_points) add(point);
    }
    to_raster(x, y);

    std::vector<Window> missed;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const auto corners = [&](const std::vector<double>& values) {
            const double* const first = &values[i * points];
            return Block::Corners{first[0], first[1], first[2], first[3]};
        };
        Block block;
        block.study = parts[i];
        block.row = parts[i].row / side * side;
        block.column = parts[i].column / side * side;
        block.side = side;
        block.columns = corners(x);
        block.rows = corners(y);
        bool close = true;
        std::size_t check = i * points + std::size(corner_points);
        for (const CheckPoint& point : check_points) {
            // Written so that NaN counts as far.
            close = close && std::abs(block.columns.at(point.u, point.v) - x[check]) <= tolerance &&
                    std::abs(block.rows.at(point.u, point.v) - y[check]) <= tolerance;
            ++check;
        }
        if (close) {
            blocks_.push_back(block);
        } else {
            missed.push_back(parts[i]);
        }
    }
    return missed;
}

std::span<const CellSampler::Block> CellSampler::blocks(Window study_window) {
    blocks_.clear();
    cells_.clear();
    const Window all[] = {study_window};
    const std::vector<Window> bent = add_blocks(all, wide_side, wide_tolerance_cells);
    const std::vector<Window> alone = add_blocks(bent, narrow_side, narrow_tolerance_cells);
    for (const Window& part : alone) {
        Block block;
        block.study = part;
        block.first_cell = cells_.size();
        std::vector<double> x;
        std::vector<double> y;
        for (std::int32_t row = part.row; row < part.row_end(); ++row) {
            for (std::int32_t column = part.column; column < part.column_end(); ++column) {
                x.push_back(column + 0.5 + shift(row));
                y.push_back(row + 0.5 + shift(column));
            }
        }
        to_raster(x, y);
        for (std::size_t i = 0; i < x.size(); ++i) cells_.push_back(cell_at(x[i], y[i]));
        blocks_.push_back(block);
    }
    return blocks_;
}

SampledPlace CellSampler::place_of(const Block& block, const Window& part) const {
    assert(block.study.contains(part) && !part.empty());
    if (block.side > 0) {
        // What is bilinear is largest and smallest at corners; points lie up to half a cell beside centres.
        const double u[] = {(part.column - block.column - 0.5) / block.side,
                            (part.column_end() - block.column - 0.5) / block.side};
        const double v[] = {(part.row - block.row - 0.5) / block.side,
                            (part.row_end() - block.row - 0.5) / block.side};
        const auto range = [&](const Block::Corners& corners) {
            const double at[] = {corners.at(u[0], v[0]), corners.at(u[1], v[0]), corners.at(u[0], v[1]),
                                 corners.at(u[1], v[1])};
            return std::pair{std::floor(std::min({at[0], at[1], at[2], at[3]}) - slack_cells),
                             std::floor(std::max({at[0], at[1], at[2], at[3]}) + slack_cells)};
        };
        auto [west, east] = range(block.columns);
        auto [north, south] = range(block.rows);
        SampledPlace place;
        place.inside = west >= 0 && east < raster_.columns && north >= 0 && south < raster_.rows;
        west = std::max(west, 0.0);
        north = std::max(north, 0.0);
        east = std::min(east, raster_.columns - 1.0);
        south = std::min(south, raster_.rows - 1.0);
        if (east < west || south < north) return place;
        place.hull = {static_cast<std::int32_t>(north), static_cast<std::int32_t>(west),
                      static_cast<std::int32_t>(south - north) + 1,
                      static_cast<std::int32_t>(east - west) + 1};
        return place;
    }
    SampledPlace place{{}, true};
    for (std::int32_t row = part.row; row < part.row_end(); ++row) {
        const Cell* const cells = &cells_[block.first_cell + block.study.index_of({row, part.column})];
        for (std::int32_t i = 0; i < part.columns; ++i) {
            if (cells[i].row < 0) {
                place.inside = false;
            } else {
                place.hull = united(place.hull, {cells[i].row, cells[i].column, 1, 1});
            }
        }
    }
    return place;
}

template <typename Sink>
void CellSampler::interpolate(const Block& block, const Window& part, Sink&& sink) const {
    constexpr std::size_t most = wide_side;
    std::array<double, most> shift_of_column;  // NOLINT(cppcoreguidelines-pro-type-member-init): filled below
    std::array<double, most> x;                // NOLINT(cppcoreguidelines-pro-type-member-init): as above
    std::array<double, most> y;                // NOLINT(cppcoreguidelines-pro-type-member-init): as above
    const auto width = static_cast<std::size_t>(part.columns);
    for (std::size_t i = 0; i < width; ++i) {
        shift_of_column[i] = shift(part.column + static_cast<std::int32_t>(i));
    }
    // A power of two: multiplying by it rounds nothing.
    const double of_side = 1.0 / block.side;
    for (std::int32_t row = part.row; row < part.row_end(); ++row) {
        const double shift_of_row = shift(row);
        for (std::size_t i = 0; i < width; ++i) {
            const std::int32_t column = part.column - block.column + static_cast<std::int32_t>(i);
            const double u = (column + shift_of_row) * of_side;
            const double v = (row - block.row + shift_of_column[i]) * of_side;
            x[i] = block.columns.at(u, v);
            y[i] = block.rows.at(u, v);
        }
        sink(row, std::span{x}.first(width), std::span{y}.first(width));
    }
}

void CellSampler::cells_of(const Block& block, const Window& part, std::span<Cell> out) const {
    assert(block.study.contains(part) && out.size() == part.cell_count());
    if (block.side == 0) {
        for (std::int32_t row = part.row; row < part.row_end(); ++row) {
            const Cell* const cells = &cells_[block.first_cell + block.study.index_of({row, part.column})];
            std::copy_n(cells, part.columns, &out[part.index_of({row, part.column})]);
        }
        return;
    }
    interpolate(block, part, [&](std::int32_t row, std::span<const double> x, std::span<const double> y) {
        Cell* const cells = &out[part.index_of({row, part.column})];
        for (std::size_t i = 0; i < x.size(); ++i) cells[i] = cell_at(x[i], y[i]);
    });
}

void CellSampler::offsets_of(const Block& block, const Window& part, const Window& hull,
                             std::span<std::int32_t> out) const {
    assert(block.study.contains(part) && out.size() == part.cell_count());
    const std::int32_t stride = hull.columns;
    if (block.side == 0) {
        for (std::int32_t row = part.row; row < part.row_end(); ++row) {
            const Cell* const cells = &cells_[block.first_cell + block.study.index_of({row, part.column})];
            std::transform(cells, cells + part.columns, &out[part.index_of({row, part.column})],
                           [&](Cell cell) { return static_cast<std::int32_t>(hull.index_of(cell)); });
        }
        return;
    }
    interpolate(block, part, [&](std::int32_t row, std::span<const double> x, std::span<const double> y) {
        std::int32_t* const offsets = &out[part.index_of({row, part.column})];
        for (std::size_t i = 0; i < x.size(); ++i) {
            offsets[i] = (static_cast<std::int32_t>(y[i]) - hull.row) * stride +
                         static_cast<std::int32_t>(x[i]) - hull.column;
        }
    });
}

void CellSampler::sample(Window study_window, SampledCells& out) {
    out.cells.resize(study_window.cell_count());
    out.hull = {};
    std::array<Cell, static_cast<std::size_t>(wide_side) * wide_side> cells{};
    for (const Block& block : blocks(study_window)) {
        out.hull = united(out.hull, place_of(block, block.study).hull);
        const std::span<Cell> here = std::span{cells}.first(block.study.cell_count());
        cells_of(block, block.study, here);
        for (std::int32_t row = block.study.row; row < block.study.row_end(); ++row) {
            const Cell first{row, block.study.column};
            std::copy_n(&here[block.study.index_of(first)], block.study.columns,
                        &out.cells[study_window.index_of(first)]);
        }
    }
}

}  // namespace phusong
