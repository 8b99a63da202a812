#include "io/dead_zone_map.hpp"

#include <cmath>
#include <string>

#include "io/result_tables.hpp"

namespace phusong::io {

namespace {

constexpr float no_service_anywhere = -1;
/// The fewest that blocks of a tiled TIFF may have. Measured: row by row, GDAL 3.6 packs and unpacks each
/// block again for every row once its cache is full, 35 s instead of 3 s for 72 million cells.
constexpr std::int32_t strip_rows = 16;

RasterLayout layout_of(const Plan& plan, const Sources& sources) {
    RasterLayout layout;
    layout.grid = plan.study_grid;
    layout.crs = sources.population->description().crs;
    for (const DeadZoneDefinition& definition : plan.dead_zones) {
        layout.bands.push_back(definition.input.name);
    }
    layout.metadata.emplace_back("PHUSONG_STUDY", plan.study.name);
    if (is_synthetic(sources)) layout.metadata.emplace_back("SYNTHETIC", "YES");
    return layout;
}

RasterLayout label_layout(const Plan& plan, const Sources& sources) {
    RasterLayout layout = layout_of(plan, sources);
    layout.pixel = RasterLayout::Pixel::uint32;
    layout.nodata = 0;
    layout.overviews = RasterLayout::Overviews::nearest;
    layout.metadata.emplace_back("PHUSONG_VALUES", "id of the dead zone, as in dead_zones.csv; 0: none");
    return layout;
}

RasterLayout distance_layout(const Plan& plan, const Sources& sources) {
    RasterLayout layout = layout_of(plan, sources);
    layout.pixel = RasterLayout::Pixel::float32;
    layout.nodata = static_cast<double>(no_service_anywhere);
    layout.unit = "m";
    layout.strip_rows = strip_rows;
    layout.metadata.emplace_back("PHUSONG_VALUES",
                                 "metres to the nearest cell with service by the band's technologies");
    return layout;
}

}  // namespace

DeadZoneMap::DeadZoneMap(const Plan& plan, const Sources& sources, const std::filesystem::path& path)
    : sink_{path, label_layout(plan, sources)} {}

void DeadZoneMap::write(std::size_t definition, Window window, std::span<const std::uint32_t> ids) {
    sink_.write(static_cast<int>(definition), window, ids);
}

DistanceMap::DistanceMap(const Plan& plan, const Sources& sources, const std::filesystem::path& path)
    : sink_{path, distance_layout(plan, sources)}, rows_{plan.study_grid.rows} {}

void DistanceMap::write(std::size_t definition, std::int32_t row, std::span<const float> metres) {
    for (const float value : metres) strip_.push_back(std::isnan(value) ? no_service_anywhere : value);
    const std::int32_t waiting = row % strip_rows + 1;
    if (waiting < strip_rows && row + 1 < rows_) return;
    sink_.write(static_cast<int>(definition),
                {row + 1 - waiting, 0, waiting, static_cast<std::int32_t>(metres.size())}, strip_);
    strip_.clear();
}

}  // namespace phusong::io
