#include "io/gdal/describe_raster.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "engine/errors.hpp"
#include "io/gdal/error_scope.hpp"
#include "io/gdal/raster_file.hpp"
#include "io/gdal/raster_source.hpp"
#include "io/proj/crs.hpp"

namespace phusong::io {

namespace {

std::string described_grid(const RasterDescription& raster) {
    const GridSpec& grid = raster.grid;
    const CrsFacts facts = facts_of(raster.crs);
    std::string text = fmt::format("  CRS {} ({})\n", facts.name,
                                   raster.crs.size() > 20 ? "not in the EPSG registry" : raster.crs);
    const EarthSurface surface = surface_of(raster.crs);
    if (facts.geographic) {
        const double north = std::clamp(grid.y_at(grid.rows / 2.0), -89.0, 89.0);
        const double area =
            area_between_parallels(surface.ellipsoid, north - grid.cell_height, north, grid.cell_width);
        text += fmt::format("  cells of {:.10g} x {:.10g} degrees, about {:.4g} m a side\n", grid.cell_width,
                            grid.cell_height, std::sqrt(std::abs(area)));
    } else {
        text += fmt::format("  cells of {:.10g} x {:.10g} m\n", grid.cell_width * facts.metres_per_unit,
                            grid.cell_height * facts.metres_per_unit);
    }
    return text + "  " +
           words_of({grid.origin_x, grid.y_at(grid.rows), grid.x_at(grid.columns), grid.origin_y}) + "\n";
}

/// Windows spread over the raster; at most a million cells in all.
std::string sampled_values(const RasterSource& source) {
    constexpr std::int32_t windows_a_side = 8;
    constexpr std::int32_t window_side = 128;
    const GridSpec& grid = source.description().grid;
    const auto reader = source.open();
    std::vector<double> values;
    double least = std::numeric_limits<double>::infinity();
    double most = -least;
    std::size_t cells = 0;
    std::size_t empty = 0;
    const std::int32_t row_step = std::max(window_side, grid.rows / windows_a_side);
    const std::int32_t column_step = std::max(window_side, grid.columns / windows_a_side);
    for (std::int32_t row = 0; row < grid.rows; row += row_step) {
        for (std::int32_t column = 0; column < grid.columns; column += column_step) {
            const Window window = intersection(grid.window(), {row, column, window_side, window_side});
            values.resize(window.cell_count());
            reader->read(window, values);
            cells += values.size();
            for (const double value : values) {
                if (std::isnan(value)) {
                    ++empty;
                } else {
                    least = std::min(least, value);
                    most = std::max(most, value);
                }
            }
        }
    }
    if (empty == cells) return fmt::format("none: no data in all {} cells looked at", cells);
    return fmt::format("{:.10g} to {:.10g} in {} cells looked at, {} of them without data", least, most,
                       cells, empty);
}

std::string described_band(const RasterFile& raster, GDALDatasetH dataset, const FileLayer& file,
                           Problems& problems) {
    GDALRasterBandH band = GDALGetRasterBand(dataset, raster.band);
    const char* title = GDALGetDescription(band);
    std::string text = fmt::format("  band {}{}: {}", raster.band,
                                   title != nullptr && *title != '\0' ? std::string{" '"} + title + "'" : "",
                                   GDALGetDataTypeName(GDALGetRasterDataType(band)));
    text += raster.no_data ? fmt::format(", no data {:.10g}", *raster.no_data) : ", no no-data value";
    if (raster.masked) text += ", with a mask";
    if (raster.scale != 1 || raster.offset != 0) {
        text += fmt::format(", scale {:.10g}, offset {:.10g}", raster.scale, raster.offset);
    }
    text +=
        fmt::format(", blocks of {} x {}\n", raster.description.block_rows, raster.description.block_columns);
    constexpr std::size_t cache_bytes = std::size_t{16} << 20;
    return text + "    values " + sampled_values(*open_raster(file, "described", cache_bytes, problems)) +
           "\n";
}

}  // namespace

std::string describe_raster(const std::string& absolute_path, const std::string& name) {
    const DatasetHandle dataset = open_geotiff(absolute_path, name);
    const int bands = GDALGetRasterCount(dataset.get());
    std::string text = fmt::format("{}: raster of {} rows x {} columns, {} band{}\n", name,
                                   GDALGetRasterYSize(dataset.get()), GDALGetRasterXSize(dataset.get()),
                                   bands, bands == 1 ? "" : "s");
    Problems problems;
    for (int band = 1; band <= bands; ++band) {
        FileLayer file;
        file.path = name;
        file.band = band;
        try {
            Problems told;  // the second opening says the same
            const RasterFile raster = inspect_raster(file, "described", band == 1 ? problems : told);
            if (band == 1) text += described_grid(raster.description);
            if (band == 1 && raster.description.synthetic) text += "  tagged SYNTHETIC\n";
            if (band == 1 && raster.south_up) text += "  rows run from south to north; they are turned\n";
            text += described_band(raster, dataset.get(), file, told);
        } catch (const std::runtime_error& error) {
            text += std::string{"  not usable as it is: "} + error.what() + "\n";
            break;
        }
    }
    for (const Problem& problem : problems) text += "  note: " + problem.what + "\n";
    return text;
}

}  // namespace phusong::io
