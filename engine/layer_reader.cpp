#include "engine/layer_reader.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

#include "algorithms/zones/lattice_shape.hpp"
#include "engine/classify_cells.hpp"
#include "engine/layer_spec.hpp"
#include "engine/raster_lattice.hpp"
#include "engine/sampled_bytes.hpp"

namespace phusong {

namespace {

struct RasterLayer {
    /// What answers follow from.
    enum class Form : std::uint8_t {
        values,   ///< of cells: shares, severities
        bytes,    ///< as stored, and nothing else is read
        answers,  ///< as bytes, made from values, unless a value of the tile deserves a remark
    };
    std::unique_ptr<RasterReader> reader;
    std::size_t lattice = 0;
    Form form = Form::values;
    std::array<Reading, 256> readings{};  ///< of bytes
    ByteValues values{};                  ///< of bytes as stored
    ByteServices services{};              ///< of bytes; of the tile in hand also of those beyond the raster
    std::vector<std::uint8_t> bytes;      ///< of the tile in hand, where they wait to be sampled
};

void choose_form(RasterLayer& layer, const LayerSpec& spec) {
    if (spec.rule.kind == ServiceRule::Kind::share) return;
    const ByteValues* const values = layer.reader->byte_values();
    layer.form = values != nullptr ? RasterLayer::Form::bytes : RasterLayer::Form::answers;
    for (std::size_t byte = 0; byte < layer.readings.size(); ++byte) {
        layer.readings[byte] = values != nullptr
                                   ? spec.rule.read((*values)[byte])
                                   : Reading{services_themselves()[byte], Reading::Remark::none};
        layer.services[byte] = layer.readings[byte].service;
    }
    if (values != nullptr) layer.values = *values;
}

using PolygonLayer = std::vector<LatticeShape>;

/// A byte that does not occur.
std::optional<std::uint8_t> unused_byte(std::span<const std::uint8_t> bytes) {
    std::array<bool, 256> used{};
    for (const std::uint8_t byte : bytes) used[byte] = true;
    for (std::size_t byte = used.size(); byte-- > 0;) {
        if (!used[byte]) return static_cast<std::uint8_t>(byte);
    }
    return std::nullopt;
}

}  // namespace

struct LayerReaders::Impl {
    const Plan& plan;
    std::vector<LayerSpec> specs;
    std::vector<RasterLattice> lattices{};
    std::vector<std::optional<RasterLayer>> rasters{};  ///< of each layer; unset for polygons
    std::vector<PolygonLayer> polygons{};               ///< of each layer; empty for rasters
    std::vector<double> values{};                       ///< buffer
    std::vector<Reading> readings{};                    ///< buffer
    std::vector<std::size_t> sampled{};                 ///< layers of the tile that wait to be sampled
    std::vector<SampledBytes> sampled_bytes{};          ///< buffer
    ByteSampler byte_sampler{};
    std::vector<LayerTile> tiles{};  ///< of the last window

    /// Bytes that answer for a window of a raster's cells. @return whether there are such
    bool fetch(std::size_t i, Window hull, std::vector<std::uint8_t>& out) {
        RasterLayer& layer = *rasters[i];
        if (layer.form == RasterLayer::Form::values) return false;
        out.resize(hull.cell_count());
        if (hull.empty()) return true;
        if (layer.form == RasterLayer::Form::bytes) {
            layer.reader->read_bytes(hull, out);
            return true;
        }
        values.resize(out.size());
        layer.reader->read(hull, values);
        for (std::size_t cell = 0; cell < out.size(); ++cell) {
            const Reading reading = specs[i].rule.read(values[cell]);
            if (reading.remark != Reading::Remark::none) return false;
            out[cell] = static_cast<std::uint8_t>(reading.service);
        }
        return true;
    }

    void read_cells(std::size_t i, RasterLattice& lattice) {
        LayerTile& tile = tiles[i];
        const SampledCells& cells = lattice.cells();
        tile.read = cells.hull;
        values.resize(cells.hull.cell_count());
        if (!values.empty()) rasters[i]->reader->read(cells.hull, values);
        classify(cells, values, specs[i], readings, tile);
    }

    void show_services(std::size_t i, Window window) {
        LayerTile& tile = tiles[i];
        const auto* const services = reinterpret_cast<const std::uint8_t*>(tile.services.data());
        tile.plane = {i, window, {services, tile.services.size()}, {}, &services_themselves()};
    }

    void read_raster(std::size_t i, Window window) {
        RasterLayer& layer = *rasters[i];
        LayerTile& tile = tiles[i];
        RasterLattice& lattice = lattices[layer.lattice];
        tile.read = lattice.hull();
        const Service beyond = specs[i].nothing_outside ? Service::unserved : Service::unknown;
        tile.by_bytes = true;
        if (lattice.sampler() == nullptr && fetch(i, tile.read, tile.bytes)) {
            tile.plane = {i, tile.read, tile.bytes, lattice.ratio(), &layer.services, beyond};
            return;
        }
        if (lattice.sampler() != nullptr && fetch(i, tile.read, layer.bytes)) {
            if (!lattice.inside()) tile.beyond_byte = unused_byte(layer.bytes);
            if (tile.beyond_byte || lattice.inside()) {
                for (std::size_t byte = 0; byte < layer.services.size(); ++byte) {
                    layer.services[byte] = layer.readings[byte].service;
                }
                if (tile.beyond_byte) layer.services[*tile.beyond_byte] = beyond;
                tile.bytes.resize(window.cell_count());
                tile.plane = {i, window, tile.bytes, {}, &layer.services, beyond};
                sampled.push_back(i);
                return;
            }
        }
        tile.by_bytes = false;
        read_cells(i, lattice);
        show_services(i, window);
    }

    /// Brings bytes onto study cells, all layers of a lattice at once.
    void sample(Window window) {
        for (std::size_t number = 0; number < lattices.size(); ++number) {
            sampled_bytes.clear();
            for (const std::size_t i : sampled) {
                if (rasters[i]->lattice != number) continue;
                sampled_bytes.push_back(
                    {tiles[i].read, rasters[i]->bytes, tiles[i].beyond_byte.value_or(0), tiles[i].bytes});
            }
            if (sampled_bytes.empty()) continue;
            RasterLattice& lattice = lattices[number];
            byte_sampler.sample(*lattice.sampler(), lattice.blocks(), window, sampled_bytes);
        }
    }

    void read(Window window, bool cells) {
        tiles.resize(rasters.size());
        sampled.clear();
        for (RasterLattice& lattice : lattices) lattice.turn_to(window);
        for (std::size_t i = 0; i < rasters.size(); ++i) {
            LayerTile& tile = tiles[i];
            tile.audit = {};
            tile.beyond_byte.reset();
            tile.services.clear();
            tile.by_bytes = false;
            if (rasters[i]) {
                read_raster(i, window);
            } else {
                burn_services(polygons[i], window, tile);
                show_services(i, window);
            }
        }
        sample(window);
        if (!cells) return;
        for (LayerTile& tile : tiles) {
            if (tile.by_bytes) spread_services(window, tile);
        }
    }

    std::size_t lattice_of(const LayerSpec& layer) {
        const RasterDescription& raster = layer.raster->description();
        const auto found = std::find_if(lattices.begin(), lattices.end(), [&](const RasterLattice& lattice) {
            return lattice.is(raster.grid, raster.crs);
        });
        if (found != lattices.end()) return static_cast<std::size_t>(found - lattices.begin());
        std::unique_ptr<CellSampler> sampler;
        if (layer.alignment.kind != Alignment::Kind::same_lattice) {
            sampler = std::make_unique<CellSampler>(plan.study_grid, plan.refine, raster.grid,
                                                    layer.from_study ? layer.from_study->open() : nullptr);
        }
        lattices.emplace_back(raster.grid, raster.crs, layer.alignment, std::move(sampler));
        return lattices.size() - 1;
    }
};

LayerReaders::LayerReaders(const Plan& plan, const Sources& sources)
    : impl_{new Impl{plan, layer_specs(plan, sources)}} {
    for (const LayerSpec& layer : impl_->specs) {
        impl_->rasters.emplace_back();
        impl_->polygons.emplace_back();
        if (layer.raster) {
            RasterLayer& raster = impl_->rasters.back().emplace();
            raster.reader = layer.raster->open();
            raster.lattice = impl_->lattice_of(layer);
            if (impl_->rasters.size() <= plan.study.coverage.size()) choose_form(raster, layer);
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
    impl_->read(study_window, cells);
    return impl_->tiles;
}

const std::vector<LayerTile>& LayerReaders::tiles() const {
    return impl_->tiles;
}

void LayerReaders::add_counts(std::size_t layer, std::span<const std::int64_t> cells_of_bytes,
                              std::int64_t cells_beyond, ValueAudit& audit) const {
    const RasterLayer& raster = *impl_->rasters[layer];
    const std::optional<std::uint8_t> beyond = impl_->tiles[layer].beyond_byte;
    for (std::size_t byte = 0; byte < cells_of_bytes.size(); ++byte) {
        const std::int64_t cells = cells_of_bytes[byte];
        if (cells == 0) continue;
        if (beyond && byte == *beyond) {
            cells_beyond += cells;
            continue;
        }
        const Reading& reading = raster.readings[byte];
        if (reading.remark == Reading::Remark::invalid) audit.invalid.add(raster.values[byte], cells);
        if (reading.remark == Reading::Remark::odd) audit.odd.add(raster.values[byte], cells);
        if (reading.service == Service::unknown) audit.without_data += cells;
    }
    if (!impl_->specs[layer].nothing_outside) audit.without_data += cells_beyond;
}

}  // namespace phusong
