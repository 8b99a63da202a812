#include "engine/raster_lattice.hpp"

#include <algorithm>

#include "algorithms/support/floor_divide.hpp"

namespace phusong {

Window nested_hull(Window study_window, const LatticeRatio& ratio, const GridSpec& raster) {
    const auto row_of = [&](std::int32_t row) {
        return floor_divide(row - ratio.row_offset, ratio.ratio_rows);
    };
    const auto column_of = [&](std::int32_t column) {
        return floor_divide(column - ratio.column_offset, ratio.ratio_columns);
    };
    const std::int64_t north = std::max<std::int64_t>(0, row_of(study_window.row));
    const std::int64_t south = std::min<std::int64_t>(raster.rows - 1, row_of(study_window.row_end() - 1));
    const std::int64_t west = std::max<std::int64_t>(0, column_of(study_window.column));
    const std::int64_t east =
        std::min<std::int64_t>(raster.columns - 1, column_of(study_window.column_end() - 1));
    if (south < north || east < west) return {};
    return {static_cast<std::int32_t>(north), static_cast<std::int32_t>(west),
            static_cast<std::int32_t>(south - north + 1), static_cast<std::int32_t>(east - west + 1)};
}

namespace {

/// Cells of the raster under a study window when the lattices nest.
void nested_cells(Window window, const LatticeRatio& ratio, const GridSpec& raster, SampledCells& out) {
    out.cells.assign(window.cell_count(), Cell{-1, -1});
    out.hull = nested_hull(window, ratio, raster);
    for (std::int32_t row = window.row; row < window.row_end(); ++row) {
        const std::int64_t raster_row = floor_divide(row - ratio.row_offset, ratio.ratio_rows);
        if (raster_row < out.hull.row || raster_row >= out.hull.row_end()) continue;
        for (std::int32_t column = window.column; column < window.column_end(); ++column) {
            const std::int64_t raster_column =
                floor_divide(column - ratio.column_offset, ratio.ratio_columns);
            if (raster_column < out.hull.column || raster_column >= out.hull.column_end()) continue;
            out.cells[window.index_of({row, column})] = {static_cast<std::int32_t>(raster_row),
                                                         static_cast<std::int32_t>(raster_column)};
        }
    }
}

}  // namespace

void RasterLattice::turn_to(Window study_window) {
    window_ = study_window;
    blocks_.reset();
    has_cells_ = false;
}

void RasterLattice::find_blocks() {
    if (blocks_) return;
    blocks_ = sampler_->blocks(window_);
    place_ = {{}, true};
    for (const CellSampler::Block& block : *blocks_) {
        const SampledPlace place = sampler_->place_of(block, block.study);
        place_.hull = united(place_.hull, place.hull);
        place_.inside = place_.inside && place.inside;
    }
}

Window RasterLattice::hull() {
    if (!sampler_) return nested_hull(window_, alignment_.ratio, grid_);
    find_blocks();
    return place_.hull;
}

std::span<const CellSampler::Block> RasterLattice::blocks() {
    find_blocks();
    return *blocks_;
}

bool RasterLattice::inside() {
    find_blocks();
    return place_.inside;
}

const SampledCells& RasterLattice::cells() {
    if (has_cells_) return cells_;
    if (sampler_) {
        sampler_->sample(window_, cells_);
        blocks_.reset();
    } else {
        nested_cells(window_, alignment_.ratio, grid_, cells_);
    }
    has_cells_ = true;
    return cells_;
}

}  // namespace phusong
