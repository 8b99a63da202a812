#include "engine/cell_sampler.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <span>

namespace phusong {

namespace {

constexpr std::int32_t block_side = 32;
constexpr double tolerance_cells = 1.0 / 16;

/// Positions in a block, from 0 at its first centre to 1 at the next block's, where interpolation is checked.
struct CheckPoint {
    double u;
    double v;
};
constexpr CheckPoint check_points[] = {{0.5, 0.5}, {0.5, 0}, {0, 0.5}, {0.5, 1}, {1, 0.5}};

}  // namespace

/// Values at a block's four corners.
struct CellSampler::Corners {
    double north_west, north_east, south_west, south_east;

    [[nodiscard]] double at(double u, double v) const {
        return (1 - v) * ((1 - u) * north_west + u * north_east) +
               v * ((1 - u) * south_west + u * south_east);
    }
};

/// Gathers cells and the window around them.
class CellSampler::Collector {
public:
    Collector(Window study_window, const GridSpec& raster, SampledCells& out)
        : window_{study_window}, raster_{raster}, out_{out} {
        out_.cells.assign(window_.cell_count(), Cell{-1, -1});
        out_.hull = {};
    }

    /// Neighbouring cells of a row, from `first` on. Without branches, so that the compiler takes several at
    /// once.
    void put(Cell first, std::span<const double> columns, std::span<const double> rows) {
        Cell* const out = &out_.cells[window_.index_of(first)];
        constexpr std::int32_t far = std::numeric_limits<std::int32_t>::max();
        Cell least{far, far};
        Cell most{-1, -1};
        for (std::size_t i = 0; i < columns.size(); ++i) {
            // NaN fails all comparisons.
            const bool inside =
                columns[i] >= 0 && columns[i] < raster_.columns && rows[i] >= 0 && rows[i] < raster_.rows;
            const Cell cell{static_cast<std::int32_t>(inside ? rows[i] : -1.0),
                            static_cast<std::int32_t>(inside ? columns[i] : -1.0)};
            out[i] = cell;
            least.row = std::min(least.row, inside ? cell.row : far);
            least.column = std::min(least.column, inside ? cell.column : far);
            most.row = std::max(most.row, cell.row);
            most.column = std::max(most.column, cell.column);
        }
        first_ = {std::min(first_.row, least.row), std::min(first_.column, least.column)};
        last_ = {std::max(last_.row, most.row), std::max(last_.column, most.column)};
    }
    void finish() {
        if (last_.row < first_.row) return;
        out_.hull = {first_.row, first_.column, last_.row - first_.row + 1, last_.column - first_.column + 1};
    }

private:
    Window window_;
    GridSpec raster_;
    SampledCells& out_;
    Cell first_{std::numeric_limits<std::int32_t>::max(), std::numeric_limits<std::int32_t>::max()};
    Cell last_{-1, -1};
};

/// Cells of a block by interpolation. @param corner the block's first cell, which the window may cut off
void CellSampler::put_between(const Window& block, Cell corner, const Corners& columns, const Corners& rows,
                              Collector& collector) const {
    std::array<double, block_side> shear_of_column{};
    std::array<double, block_side> x{};
    std::array<double, block_side> y{};
    const auto width = static_cast<std::size_t>(block.columns);
    for (std::size_t i = 0; i < width; ++i)
        shear_of_column[i] = shear(block.column + static_cast<std::int32_t>(i));
    for (std::int32_t row = block.row; row < block.row_end(); ++row) {
        const double shear_of_row = shear(row);
        for (std::size_t i = 0; i < width; ++i) {
            const std::int32_t column = block.column + static_cast<std::int32_t>(i);
            const double u = (column - corner.column + shear_of_row) / block_side;
            const double v = (row - corner.row + shear_of_column[i]) / block_side;
            x[i] = columns.at(u, v);
            y[i] = rows.at(u, v);
        }
        collector.put({row, block.column}, std::span{x}.first(width), std::span{y}.first(width));
    }
}

void CellSampler::to_raster(std::vector<double>& columns, std::vector<double>& rows) {
    for (double& column : columns) column = study_.x_at(column);
    for (double& row : rows) row = study_.y_at(row);
    if (transform_) transform_->apply(columns, rows);
    for (double& x : columns) x = raster_.column_at(x);
    for (double& y : rows) y = raster_.row_at(y);
}

double CellSampler::shear(std::int32_t across) const {
    return (across % refine_ + 0.5) / refine_ - 0.5;
}

void CellSampler::sample(Window window, SampledCells& out) {
    Collector collector{window, raster_, out};
    if (window.empty()) return;
    const std::int32_t first_block_row = window.row / block_side;
    const std::int32_t first_block_column = window.column / block_side;
    const std::int32_t block_rows = (window.row_end() - 1) / block_side - first_block_row + 1;
    const std::int32_t block_columns = (window.column_end() - 1) / block_side - first_block_column + 1;
    const auto nodes_in_row = static_cast<std::size_t>(block_columns) + 1;

    // The net's nodes, then every block's check points, in one call of the transform.
    std::vector<double> x;
    std::vector<double> y;
    for (std::int32_t i = 0; i <= block_rows; ++i) {
        for (std::int32_t j = 0; j <= block_columns; ++j) {
            x.push_back((first_block_column + j) * block_side + 0.5);
            y.push_back((first_block_row + i) * block_side + 0.5);
        }
    }
    const std::size_t nodes = x.size();
    for (std::int32_t i = 0; i < block_rows; ++i) {
        for (std::int32_t j = 0; j < block_columns; ++j) {
            for (const CheckPoint& point : check_points) {
                x.push_back((first_block_column + j + point.u) * block_side + 0.5);
                y.push_back((first_block_row + i + point.v) * block_side + 0.5);
            }
        }
    }
    to_raster(x, y);

    std::size_t check = nodes;
    for (std::int32_t i = 0; i < block_rows; ++i) {
        for (std::int32_t j = 0; j < block_columns; ++j) {
            const std::size_t node = static_cast<std::size_t>(i) * nodes_in_row + static_cast<std::size_t>(j);
            const auto corners = [&](const std::vector<double>& values) {
                return Corners{values[node], values[node + 1], values[node + nodes_in_row],
                               values[node + nodes_in_row + 1]};
            };
            const Corners columns = corners(x);
            const Corners rows = corners(y);
            bool close = true;
            for (const CheckPoint& point : check_points) {
                // Written so that NaN counts as far.
                close = close && std::abs(columns.at(point.u, point.v) - x[check]) <= tolerance_cells &&
                        std::abs(rows.at(point.u, point.v) - y[check]) <= tolerance_cells;
                ++check;
            }
            const std::int32_t block_row = (first_block_row + i) * block_side;
            const std::int32_t block_column = (first_block_column + j) * block_side;
            const Window block = intersection(window, {block_row, block_column, block_side, block_side});
            if (close) {
                put_between(block, {block_row, block_column}, columns, rows, collector);
                continue;
            }
            std::vector<double> cell_x;
            std::vector<double> cell_y;
            for (std::int32_t row = block.row; row < block.row_end(); ++row) {
                for (std::int32_t column = block.column; column < block.column_end(); ++column) {
                    cell_x.push_back(column + 0.5 + shear(row));
                    cell_y.push_back(row + 0.5 + shear(column));
                }
            }
            to_raster(cell_x, cell_y);
            const auto width = static_cast<std::size_t>(block.columns);
            for (std::int32_t row = block.row; row < block.row_end(); ++row) {
                const std::size_t at = static_cast<std::size_t>(row - block.row) * width;
                collector.put({row, block.column}, std::span{cell_x}.subspan(at, width),
                              std::span{cell_y}.subspan(at, width));
            }
        }
    }
    collector.finish();
}

}  // namespace phusong
