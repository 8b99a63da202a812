#include "io/gdal/raster_source.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

#include "engine/errors.hpp"
#include "io/gdal/block_cache.hpp"
#include "io/gdal/error_scope.hpp"
#include "io/gdal/raster_file.hpp"
#include "io/gdal/startup.hpp"

namespace phusong::io {

namespace {

constexpr double no_value = std::numeric_limits<double>::quiet_NaN();

/// A Float32 "lowest" is often declared with fewer digits than it is stored with (-3.40282e+38); whatever
/// lies near it is the same mark.
constexpr double lowest_marks = -1e30;

class GeoTiffReader final : public RasterReader {
public:
    GeoTiffReader(const RasterFile& file, std::size_t cache_bytes)
        : file_{file},
          dataset_{open_geotiff(file.path, file.description.name)},
          values_{GDALGetRasterBand(dataset_.get(), file.band),
                  file.masked ? cache_bytes / 9 * 8 : cache_bytes} {
        const GridSpec& grid = file.description.grid;
        if (GDALGetRasterXSize(dataset_.get()) != grid.columns ||
            GDALGetRasterYSize(dataset_.get()) != grid.rows) {
            throw InputError{"'" + file.description.name + "' changed while it was being read; start again"};
        }
        if (file.masked) {
            mask_.emplace(GDALGetMaskBand(GDALGetRasterBand(dataset_.get(), file.band)), cache_bytes / 9);
        }
    }

    void read(Window window, std::span<double> out) override {
        assert(file_.description.grid.window().contains(window) && out.size() == window.cell_count());
        if (window.empty()) return;
        const ErrorScope errors;
        copy(values_, window, out, errors);
        if (file_.signed_byte) {
            for (double& value : out) value = value > 127 ? value - 256 : value;
        }
        clear_no_data(out);
        if (mask_) apply_mask(window, out, errors);
        if (file_.scale != 1 || file_.offset != 0) {
            for (double& value : out) value = value * file_.scale + file_.offset;
        }
    }

private:
    /// Row of the file that holds a row of the north-up grid.
    [[nodiscard]] int file_row(int row) const {
        return file_.south_up ? file_.description.grid.rows - 1 - row : row;
    }

    void copy(BlockCache& cache, Window window, std::span<double> out, const ErrorScope& errors) {
        const int top = std::min(file_row(window.row), file_row(window.row_end() - 1));
        const int bottom = std::max(file_row(window.row), file_row(window.row_end() - 1));
        for (int block_row = top / cache.rows(); block_row <= bottom / cache.rows(); ++block_row) {
            const int first_row = std::max(top, block_row * cache.rows());
            const int last_row = std::min(bottom, (block_row + 1) * cache.rows() - 1);
            for (int block_column = window.column / cache.columns();
                 block_column <= (window.column_end() - 1) / cache.columns(); ++block_column) {
                const int west = block_column * cache.columns();
                const int first = std::max(window.column, west);
                const int end = std::min(window.column_end(), west + cache.columns());
                const auto cells = cache.block(block_row, block_column);
                if (cells.empty()) fail(first_row, last_row, first, end - 1, errors);
                for (int row = first_row; row <= last_row; ++row) {
                    const std::size_t at = static_cast<std::size_t>(row - block_row * cache.rows()) *
                                               static_cast<std::size_t>(cache.columns()) +
                                           static_cast<std::size_t>(first - west);
                    GDALCopyWords64(cells.data() + at * static_cast<std::size_t>(cache.cell_bytes()),
                                    cache.type(), cache.cell_bytes(),
                                    &out[window.index_of({file_row(row), first})], GDT_Float64,
                                    sizeof(double), end - first);
                }
            }
        }
    }

    [[noreturn]] void fail(int first_row, int last_row, int first_column, int last_column,
                           const ErrorScope& errors) const {
        throw InputError{fmt::format(
            "'{}': cannot read rows {}-{}, columns {}-{}: {}; the file is damaged or cut off, "
            "fetch it again",
            file_.description.name, first_row, last_row, first_column, last_column, errors.message())};
    }

    void clear_no_data(std::span<double> out) const {
        if (!file_.no_data) return;
        const double mark = *file_.no_data;
        if (mark < lowest_marks) {
            for (double& value : out) value = value <= lowest_marks ? no_value : value;
        } else {
            for (double& value : out) value = value == mark ? no_value : value;
        }
    }

    void apply_mask(Window window, std::span<double> out, const ErrorScope& errors) {
        mask_values_.resize(out.size());
        copy(*mask_, window, mask_values_, errors);
        for (std::size_t i = 0; i < out.size(); ++i) {
            if (mask_values_[i] == 0) out[i] = no_value;
        }
    }

    RasterFile file_;
    DatasetHandle dataset_;
    BlockCache values_;
    std::optional<BlockCache> mask_;
    std::vector<double> mask_values_;  ///< buffer
};

class GeoTiffSource final : public RasterSource {
public:
    GeoTiffSource(RasterFile file, std::size_t cache_bytes)
        : file_{std::move(file)}, cache_bytes_{cache_bytes} {}

    [[nodiscard]] const RasterDescription& description() const override { return file_.description; }
    [[nodiscard]] std::unique_ptr<RasterReader> open() const override {
        return std::make_unique<GeoTiffReader>(file_, cache_bytes_);
    }

private:
    RasterFile file_;
    std::size_t cache_bytes_;
};

}  // namespace

std::shared_ptr<const RasterSource> open_raster(const FileLayer& file, const std::string& role,
                                                std::size_t cache_bytes_per_reader, Problems& problems) {
    start_gdal();
    return std::make_shared<GeoTiffSource>(inspect_raster(file, role, problems), cache_bytes_per_reader);
}

}  // namespace phusong::io
