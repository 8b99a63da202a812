#include "engine/classify_cells.hpp"

#include <algorithm>
#include <limits>

#include "algorithms/grid/tile_view.hpp"
#include "algorithms/support/floor_divide.hpp"
#include "algorithms/zones/burn.hpp"

namespace phusong {

const ByteServices& services_themselves() {
    static constexpr ByteServices services = [] {
        ByteServices bytes{};
        bytes.fill(Service::unknown);
        for (const Service service : {Service::unserved, Service::served, Service::unknown}) {
            bytes[static_cast<std::size_t>(service)] = service;
        }
        return bytes;
    }();
    return services;
}

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
            tile.shares[i] = std::clamp(rule.share_of(values[at]), 0.0, 1.0);  // floats miss the ends
        }
    }
}

void burn_services(std::span<const LatticeShape> shapes, Window study_window, LayerTile& tile) {
    std::vector<std::uint8_t> inside(study_window.cell_count(), 0);
    const TileView<std::uint8_t> view{study_window, inside};
    for (const LatticeShape& shape : shapes) burn(shape, 1, view);
    tile.services.resize(inside.size());
    std::transform(inside.begin(), inside.end(), tile.services.begin(),
                   [](std::uint8_t in) { return in != 0 ? Service::served : Service::unserved; });
}

void spread_services(Window study_window, LayerTile& tile) {
    const ServicePlane& plane = tile.plane;
    tile.services.assign(study_window.cell_count(), plane.beyond);
    const LatticeRatio& ratio = plane.ratio;
    for (std::int32_t row = study_window.row; row < study_window.row_end(); ++row) {
        const std::int64_t raster_row = floor_divide(row - ratio.row_offset, ratio.ratio_rows);
        if (raster_row < plane.hull.row || raster_row >= plane.hull.row_end()) continue;
        const std::uint8_t* const bytes =
            plane.bytes.data() + static_cast<std::size_t>(raster_row - plane.hull.row) *
                                     static_cast<std::size_t>(plane.hull.columns);
        Service* const services = &tile.services[study_window.index_of({row, study_window.column})];
        for (std::int32_t column = study_window.column; column < study_window.column_end(); ++column) {
            const std::int64_t raster_column =
                floor_divide(column - ratio.column_offset, ratio.ratio_columns);
            if (raster_column < plane.hull.column || raster_column >= plane.hull.column_end()) continue;
            services[column - study_window.column] =
                (*plane.services)[bytes[raster_column - plane.hull.column]];
        }
    }
}

}  // namespace phusong
