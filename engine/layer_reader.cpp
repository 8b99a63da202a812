#include "engine/layer_reader.hpp"

#include <algorithm>
#include <array>
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

std::int64_t floor_divide(std::int64_t a, std::int64_t b) {
    return a >= 0 ? a / b : -((b - 1 - a) / b);
}

/// The smallest window of the raster that holds a study window when the lattices nest; empty when they do not
/// meet.
Window nested_hull(Window window, const LatticeRatio& ratio, const GridSpec& raster) {
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
    if (south < north || east < west) return {};
    return {static_cast<std::int32_t>(north), static_cast<std::int32_t>(west),
            static_cast<std::int32_t>(south - north + 1), static_cast<std::int32_t>(east - west + 1)};
}

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

/// How a lattice's cells are found; layers with equal keys share the result.
struct Lattice {
    GridSpec grid;
    std::string crs;
    Alignment alignment;
    std::unique_ptr<CellSampler> sampler;  ///< null when the lattices nest

    SampledCells cells{};  ///< of the window in hand, once `found`
    bool found = false;

    const SampledCells& cells_of(Window window) {
        if (!found && sampler) sampler->sample(window, cells);
        if (!found && !sampler) nested_cells(window, alignment.ratio, grid, cells);
        found = true;
        return cells;
    }
};

struct RasterLayer {
    std::unique_ptr<RasterReader> reader;
    std::size_t lattice = 0;
    bool bytes = false;                   ///< answers follow from bytes, and nothing else is read
    bool plane = false;                   ///< bytes whose cells need not be looked for
    std::array<Reading, 256> readings{};  ///< of bytes
    ByteServices services{};              ///< of bytes
};

void read_as_bytes(RasterLayer& layer, const LayerSpec& spec) {
    const ByteValues* const values = layer.reader->byte_values();
    if (values == nullptr || spec.rule.kind == ServiceRule::Kind::share) return;
    layer.bytes = true;
    layer.plane = spec.alignment.kind == Alignment::Kind::same_lattice && !spec.nothing_outside;
    for (std::size_t byte = 0; byte < values->size(); ++byte) {
        layer.readings[byte] = spec.rule.read((*values)[byte]);
        layer.services[byte] = layer.readings[byte].service;
    }
}

using PolygonLayer = std::vector<LatticeShape>;

/// What the counts of a layer's bytes say about its values.
void add_byte_counts(const RasterLayer& layer, std::span<const std::int64_t> cells_of_bytes,
                     std::int64_t cells_beyond, ValueAudit& audit) {
    audit.without_data += cells_beyond;
    for (std::size_t byte = 0; byte < cells_of_bytes.size(); ++byte) {
        const std::int64_t cells = cells_of_bytes[byte];
        if (cells == 0) continue;
        const Reading& reading = layer.readings[byte];
        const double value = (*layer.reader->byte_values())[byte];
        if (reading.remark == Reading::Remark::invalid) audit.invalid.add(value, cells);
        if (reading.remark == Reading::Remark::odd) audit.odd.add(value, cells);
        if (reading.service == Service::unknown) audit.without_data += cells;
    }
}

/// Answers of a raster read as bytes.
void classify(const SampledCells& sampled, std::span<const std::uint8_t> bytes, const RasterLayer& layer,
              const LayerSpec& spec, LayerTile& tile) {
    tile.services.resize(sampled.cells.size());
    const Service beyond = spec.nothing_outside ? Service::unserved : Service::unknown;
    std::array<std::int64_t, 256> counts{};
    std::int64_t cells_beyond = 0;
    for (std::size_t i = 0; i < sampled.cells.size(); ++i) {
        const Cell cell = sampled.cells[i];
        if (cell.row < 0) {
            tile.services[i] = beyond;
            ++cells_beyond;
            continue;
        }
        const std::uint8_t byte = bytes[sampled.hull.index_of(cell)];
        tile.services[i] = layer.services[byte];
        ++counts[byte];
    }
    add_byte_counts(layer, counts, spec.nothing_outside ? 0 : cells_beyond, tile.audit);
}

/// Answers of any raster. @param readings buffer: a raster cell is read by the rule once, however many study
/// cells lie in it
void classify(const SampledCells& sampled, std::span<const double> values, const LayerSpec& spec,
              std::vector<Reading>& readings, LayerTile& tile) {
    const ServiceRule& rule = spec.rule;
    const std::size_t cells = sampled.cells.size();
    tile.services.assign(cells, Service::unknown);
    const bool by_share = rule.kind == ServiceRule::Kind::share;
    if (by_share) tile.shares.assign(cells, std::numeric_limits<double>::quiet_NaN());

    readings.resize(values.size());
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
}

void burned(const PolygonLayer& shapes, Window window, LayerTile& tile) {
    std::vector<std::uint8_t> inside(window.cell_count(), 0);
    const TileView<std::uint8_t> view{window, inside};
    for (const LatticeShape& shape : shapes) burn(shape, 1, view);
    tile.services.resize(inside.size());
    std::transform(inside.begin(), inside.end(), tile.services.begin(),
                   [](std::uint8_t in) { return in != 0 ? Service::served : Service::unserved; });
}

/// Services as bytes of themselves.
constexpr ByteServices themselves() {
    ByteServices services{};
    services.fill(Service::unknown);
    for (const Service service : {Service::unserved, Service::served, Service::unknown}) {
        services[static_cast<std::size_t>(service)] = service;
    }
    return services;
}
constexpr ByteServices services_themselves = themselves();

/// The tile's cells one by one, from its bytes.
void spread(Window window, LayerTile& tile) {
    const ServicePlane& plane = tile.plane;
    tile.services.assign(window.cell_count(), Service::unknown);
    const LatticeRatio& ratio = plane.ratio;
    for (std::int32_t row = window.row; row < window.row_end(); ++row) {
        const std::int64_t raster_row = floor_divide(row - ratio.row_offset, ratio.ratio_rows);
        if (raster_row < plane.hull.row || raster_row >= plane.hull.row_end()) continue;
        const std::uint8_t* const bytes =
            plane.bytes.data() + static_cast<std::size_t>(raster_row - plane.hull.row) *
                                     static_cast<std::size_t>(plane.hull.columns);
        Service* const services = &tile.services[window.index_of({row, window.column})];
        for (std::int32_t column = window.column; column < window.column_end(); ++column) {
            const std::int64_t raster_column =
                floor_divide(column - ratio.column_offset, ratio.ratio_columns);
            if (raster_column < plane.hull.column || raster_column >= plane.hull.column_end()) continue;
            services[column - window.column] = (*plane.services)[bytes[raster_column - plane.hull.column]];
        }
    }
}

}  // namespace

struct LayerReaders::Impl {
    const Plan& plan;
    std::vector<LayerSpec> specs;
    std::vector<Lattice> lattices;
    std::vector<std::optional<RasterLayer>> rasters;  ///< of each layer; unset for polygons
    std::vector<PolygonLayer> polygons;               ///< of each layer; empty for rasters
    std::vector<double> values;                       ///< buffer
    std::vector<std::uint8_t> bytes;                  ///< buffer
    std::vector<Reading> readings;                    ///< buffer
    std::vector<LayerTile> tiles;                     ///< of the last window

    void read_bytes(std::size_t i, Window window, bool cells) {
        RasterLayer& layer = *rasters[i];
        LayerTile& tile = tiles[i];
        const Alignment& alignment = specs[i].alignment;
        tile.by_bytes = true;
        tile.audit = {};
        tile.plane.hull = nested_hull(window, alignment.ratio, specs[i].raster->description().grid);
        tile.read = tile.plane.hull;
        tile.bytes.resize(tile.plane.hull.cell_count());
        if (!tile.plane.hull.empty()) layer.reader->read_bytes(tile.plane.hull, tile.bytes);
        tile.plane = {i, tile.plane.hull, tile.bytes, alignment.ratio, &layer.services};
        tile.services.clear();
        if (cells) spread(window, tile);
    }
    void read_cells(std::size_t i, Window window) {
        LayerTile& tile = tiles[i];
        tile.audit = {};
        if (!rasters[i]) {
            burned(polygons[i], window, tile);
        } else {
            RasterLayer& layer = *rasters[i];
            const SampledCells& cells = lattices[layer.lattice].cells_of(window);
            tile.read = cells.hull;
            const std::size_t count = cells.hull.cell_count();
            if (layer.bytes) {
                bytes.resize(count);
                if (count > 0) layer.reader->read_bytes(cells.hull, bytes);
                classify(cells, bytes, layer, specs[i], tile);
            } else {
                values.resize(count);
                if (count > 0) layer.reader->read(cells.hull, values);
                classify(cells, values, specs[i], readings, tile);
            }
        }
        const auto* const services = reinterpret_cast<const std::uint8_t*>(tile.services.data());
        tile.plane = {i, window, {services, tile.services.size()}, {}, &services_themselves};
    }

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
    : impl_{new Impl{plan, layer_specs(plan, sources), {}, {}, {}, {}, {}, {}, {}}} {
    for (const LayerSpec& layer : impl_->specs) {
        impl_->rasters.emplace_back();
        impl_->polygons.emplace_back();
        if (layer.raster) {
            impl_->rasters.back() = RasterLayer{layer.raster->open(), impl_->lattice_of(layer)};
            if (impl_->rasters.size() <= plan.study.coverage.size()) {
                read_as_bytes(*impl_->rasters.back(), layer);
            }
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

const std::vector<LayerTile>& LayerReaders::read(Window study_window, bool cells) {
    impl_->tiles.resize(impl_->rasters.size());
    for (Lattice& lattice : impl_->lattices) lattice.found = false;
    for (std::size_t i = 0; i < impl_->rasters.size(); ++i) {
        if (impl_->rasters[i] && impl_->rasters[i]->plane) {
            impl_->read_bytes(i, study_window, cells);
        } else {
            impl_->read_cells(i, study_window);
        }
    }
    return impl_->tiles;
}

const std::vector<LayerTile>& LayerReaders::tiles() const {
    return impl_->tiles;
}

void LayerReaders::add_counts(std::size_t layer, std::span<const std::int64_t> cells_of_bytes,
                              std::int64_t cells_beyond, ValueAudit& audit) const {
    add_byte_counts(*impl_->rasters[layer], cells_of_bytes, cells_beyond, audit);
}

}  // namespace phusong
