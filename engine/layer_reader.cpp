#include "engine/layer_reader.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <string>
#include <utility>

#include "algorithms/grid/tile_view.hpp"
#include "algorithms/zones/burn.hpp"
#include "algorithms/zones/lattice_shape.hpp"
#include "engine/cell_sampler.hpp"
#include "engine/layer_spec.hpp"

namespace phusong {

namespace {

/// Cells of the raster under a study window when the lattices nest.
SampledCells nested_cells(Window window, const LatticeRatio& ratio, const GridSpec& raster) {
    SampledCells out;
    out.cells.assign(window.cell_count(), Cell{-1, -1});
    const auto floor_divide = [](std::int64_t a, std::int64_t b) {
        return a >= 0 ? a / b : -((b - 1 - a) / b);
    };
    const auto row_of = [&](std::int32_t row) {
        return floor_divide(row - ratio.row_offset, ratio.ratio_rows);
    };
    const auto column_of = [&](std::int32_t column) {
        return floor_divide(column - ratio.column_offset, ratio.ratio_columns);
    };
    const std::int64_t north = std::max<std::int64_t>(0, row_of(window.row));
    const std::int64_t south = std::min<std::int64_t>(raster.rows - 1, row_of(window.row_end() - 1));
    const std::int64_t west = std::max<std::int64_t>(0, column_of(window.column));
    const std::int64_t east = std::min<std::int64_t>(raster.columns - 1, column_of(window.column_end() - 1));
    if (south < north || east < west) return out;
    out.hull = {static_cast<std::int32_t>(north), static_cast<std::int32_t>(west),
                static_cast<std::int32_t>(south - north + 1), static_cast<std::int32_t>(east - west + 1)};
    for (std::int32_t row = window.row; row < window.row_end(); ++row) {
        const std::int64_t raster_row = row_of(row);
        if (raster_row < north || raster_row > south) continue;
        for (std::int32_t column = window.column; column < window.column_end(); ++column) {
            const std::int64_t raster_column = column_of(column);
            if (raster_column < west || raster_column > east) continue;
            out.cells[window.index_of({row, column})] = {static_cast<std::int32_t>(raster_row),
                                                         static_cast<std::int32_t>(raster_column)};
        }
    }
    return out;
}

/// How a lattice's cells are found; layers with equal keys share the result.
struct Lattice {
    GridSpec grid;
    std::string crs;
    Alignment alignment;
    std::unique_ptr<CellSampler> sampler;  ///< null when the lattices nest

    [[nodiscard]] SampledCells cells(Window window) const {
        return sampler ? sampler->sample(window) : nested_cells(window, alignment.ratio, grid);
    }
};

struct RasterLayer {
    std::unique_ptr<RasterReader> reader;
    std::size_t lattice = 0;
};

using PolygonLayer = std::vector<LatticeShape>;

LayerTile classify(const SampledCells& sampled, std::span<const double> values, const LayerSpec& spec) {
    const ServiceRule& rule = spec.rule;
    LayerTile tile;
    const std::size_t cells = sampled.cells.size();
    tile.services.assign(cells, Service::unknown);
    const bool by_share = rule.kind == ServiceRule::Kind::share;
    if (by_share) tile.shares.assign(cells, std::numeric_limits<double>::quiet_NaN());

    // A raster cell is classified once, however many study cells lie in it.
    std::vector<Reading> readings(values.size());
    std::transform(values.begin(), values.end(), readings.begin(),
                   [&](double value) { return rule.read(value); });
    for (std::size_t i = 0; i < cells; ++i) {
        const Cell cell = sampled.cells[i];
        if (cell.row < 0 && spec.nothing_outside) {
            tile.services[i] = Service::unserved;
            if (by_share) tile.shares[i] = 0;
            continue;
        }
        if (cell.row < 0) {
            ++tile.audit.without_data;
            continue;
        }
        const std::size_t at = sampled.hull.index_of(cell);
        const Reading reading = readings[at];
        tile.services[i] = reading.service;
        if (reading.remark == Reading::Remark::invalid) tile.audit.invalid.add(values[at]);
        if (reading.remark == Reading::Remark::odd) tile.audit.odd.add(values[at]);
        if (reading.service == Service::unknown) {
            ++tile.audit.without_data;
        } else if (by_share) {
            tile.shares[i] = rule.share_of(values[at]);
        }
    }
    return tile;
}

LayerTile burned(const PolygonLayer& shapes, Window window) {
    std::vector<std::uint8_t> inside(window.cell_count(), 0);
    const TileView<std::uint8_t> view{window, inside};
    for (const LatticeShape& shape : shapes) burn(shape, 1, view);
    LayerTile tile;
    tile.services.resize(inside.size());
    std::transform(inside.begin(), inside.end(), tile.services.begin(),
                   [](std::uint8_t in) { return in != 0 ? Service::served : Service::unserved; });
    return tile;
}

}  // namespace

struct LayerReaders::Impl {
    const Plan& plan;
    std::vector<LayerSpec> specs;
    std::vector<Lattice> lattices;
    std::vector<std::optional<RasterLayer>> rasters;  ///< of each layer; unset for polygons
    std::vector<PolygonLayer> polygons;               ///< of each layer; empty for rasters
    std::vector<double> values;                       ///< buffer

    std::size_t lattice_of(const LayerSpec& layer) {
        const RasterDescription& raster = layer.raster->description();
        const auto found = std::find_if(lattices.begin(), lattices.end(), [&](const Lattice& lattice) {
            return lattice.grid == raster.grid && lattice.crs == raster.crs;
        });
        if (found != lattices.end()) return static_cast<std::size_t>(found - lattices.begin());
        Lattice lattice{raster.grid, raster.crs, layer.alignment, nullptr};
        if (layer.alignment.kind != Alignment::Kind::same_lattice) {
            lattice.sampler =
                std::make_unique<CellSampler>(plan.study_grid, plan.refine, raster.grid,
                                              layer.from_study ? layer.from_study->open() : nullptr);
        }
        lattices.push_back(std::move(lattice));
        return lattices.size() - 1;
    }
};

LayerReaders::LayerReaders(const Plan& plan, const Sources& sources)
    : impl_{new Impl{plan, layer_specs(plan, sources), {}, {}, {}, {}}} {
    for (const LayerSpec& layer : impl_->specs) {
        impl_->rasters.emplace_back();
        impl_->polygons.emplace_back();
        if (layer.raster) {
            impl_->rasters.back() = RasterLayer{layer.raster->open(), impl_->lattice_of(layer)};
        } else {
            for (const MultiPolygon& shape : *layer.polygons) {
                impl_->polygons.back().push_back(on_lattice(shape, plan.study_grid));
            }
        }
    }
}

LayerReaders::~LayerReaders() = default;
LayerReaders::LayerReaders(LayerReaders&&) noexcept = default;
LayerReaders& LayerReaders::operator=(LayerReaders&&) noexcept = default;

std::vector<LayerTile> LayerReaders::read(Window study_window) {
    std::vector<LayerTile> tiles;
    std::vector<std::optional<SampledCells>> sampled(impl_->lattices.size());
    for (std::size_t i = 0; i < impl_->rasters.size(); ++i) {
        if (!impl_->rasters[i]) {
            tiles.push_back(burned(impl_->polygons[i], study_window));
            continue;
        }
        RasterLayer& layer = *impl_->rasters[i];
        auto& cells = sampled[layer.lattice];
        if (!cells) cells = impl_->lattices[layer.lattice].cells(study_window);
        impl_->values.resize(cells->hull.cell_count());
        if (!cells->hull.empty()) layer.reader->read(cells->hull, impl_->values);
        tiles.push_back(classify(*cells, impl_->values, impl_->specs[i]));
    }
    return tiles;
}

}  // namespace phusong
