#include "io/gdal/raster_source.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <cstring>
#include <limits>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

#include "engine/errors.hpp"
#include "io/gdal/block_cache.hpp"
#include "io/gdal/error_scope.hpp"
#include "io/gdal/raster_file.hpp"
#include "io/gdal/startup.hpp"
#include "io/gdal/stored_blocks.hpp"
#include "io/text/remote_name.hpp"

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
        if (values_.type() == GDT_Byte && !mask_) {
            byte_values_.emplace();
            for (std::size_t byte = 0; byte < byte_values_->size(); ++byte) {
                (*byte_values_)[byte] = static_cast<double>(byte);
            }
            make_values(std::span{*byte_values_});
        }
    }

    void read(Window window, std::span<double> out) override {
        assert(file_.description.grid.window().contains(window) && out.size() == window.cell_count());
        if (window.empty()) return;
        const ErrorScope errors;
        copy(values_, window, out, errors);
        if (mask_) apply_mask(window, out, errors);
        make_values(out);
    }

    [[nodiscard]] const ByteValues* byte_values() const override {
        return byte_values_ ? &*byte_values_ : nullptr;
    }
    void read_bytes(Window window, std::span<std::uint8_t> out) override {
        assert(byte_values_ && out.size() == window.cell_count());
        if (!window.empty()) copy(values_, window, out, ErrorScope{});
    }

    [[nodiscard]] bool holds_floats() const override {
        return values_.type() == GDT_Float32 && !mask_ && file_.scale == 1 && file_.offset == 0;
    }
    void read_floats(Window window, std::span<float> out) override {
        assert(holds_floats() && out.size() == window.cell_count());
        if (window.empty()) return;
        copy(values_, window, out, ErrorScope{});
        if (missing_floats().lowest > missing_floats().highest) clear_no_data(out);
    }
    [[nodiscard]] MissingFloats missing_floats() const override {
        if (!file_.no_data || !(*file_.no_data < 0)) return {};
        if (*file_.no_data < lowest_marks) {
            return {-std::numeric_limits<float>::infinity(), static_cast<float>(lowest_marks)};
        }
        const auto mark = static_cast<float>(*file_.no_data);
        if (static_cast<double>(mark) != *file_.no_data) return {};  // no cell can hold it
        return {mark, mark};
    }

    [[nodiscard]] std::optional<std::uint64_t> stored_digest(Window window) override {
        if (names_object(file_.path))
            return std::nullopt;  // reading a block there takes as long as decoding it
        if (!stored_) stored_.emplace(file_, GDALGetRasterBand(dataset_.get(), file_.band));
        const int top = std::min(file_row(window.row), file_row(window.row_end() - 1));
        return stored_->digest({top, window.column, window.rows, window.columns});
    }

private:
    /// From what is stored to values, but for the mask.
    void make_values(std::span<double> stored) const {
        if (file_.signed_byte) {
            for (double& value : stored) value = value > 127 ? value - 256 : value;
        }
        clear_no_data(stored);
        if (file_.scale != 1 || file_.offset != 0) {
            for (double& value : stored) value = value * file_.scale + file_.offset;
        }
    }

    /// Row of the file that holds a row of the north-up grid.
    [[nodiscard]] int file_row(int row) const {
        return file_.south_up ? file_.description.grid.rows - 1 - row : row;
    }

    template <typename Value>
    void copy(BlockCache& cache, Window window, std::span<Value> out, const ErrorScope& errors) {
        constexpr GDALDataType type = std::is_same_v<Value, std::uint8_t> ? GDT_Byte
                                      : std::is_same_v<Value, float>      ? GDT_Float32
                                                                          : GDT_Float64;
        if (cache.type() == type && !file_.south_up && window.rows == cache.rows() &&
            window.columns == cache.columns() && window.row % cache.rows() == 0 &&
            window.column % cache.columns() == 0) {
            if (!cache.decode(window.row / cache.rows(), window.column / cache.columns(), out.data())) {
                fail(window.row, window.row_end() - 1, window.column, window.column_end() - 1, errors);
            }
            return;
        }
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
                // No later tile asks for a block that this one holds whole.
                const bool whole = last_row - first_row + 1 == rows_in_block(cache, block_row) &&
                                   end - first == columns_in_block(cache, block_column);
                const auto cells =
                    whole ? cache.block_once(block_row, block_column) : cache.block(block_row, block_column);
                if (cells.empty()) fail(first_row, last_row, first, end - 1, errors);
                for (int row = first_row; row <= last_row; ++row) {
                    const std::size_t at = static_cast<std::size_t>(row - block_row * cache.rows()) *
                                               static_cast<std::size_t>(cache.columns()) +
                                           static_cast<std::size_t>(first - west);
                    const std::byte* const from =
                        cells.data() + at * static_cast<std::size_t>(cache.cell_bytes());
                    Value* const to = &out[window.index_of({file_row(row), first})];
                    if (cache.type() == type) {
                        std::memcpy(to, from, static_cast<std::size_t>(end - first) * sizeof(Value));
                    } else {
                        GDALCopyWords64(from, cache.type(), cache.cell_bytes(), to, type, sizeof(Value),
                                        end - first);
                    }
                }
            }
        }
    }

    /// Of the raster's cells; blocks at its edge may reach beyond it.
    [[nodiscard]] int rows_in_block(const BlockCache& cache, int block_row) const {
        return std::min(cache.rows(), file_.description.grid.rows - block_row * cache.rows());
    }
    [[nodiscard]] int columns_in_block(const BlockCache& cache, int block_column) const {
        return std::min(cache.columns(), file_.description.grid.columns - block_column * cache.columns());
    }

    [[noreturn]] void fail(int first_row, int last_row, int first_column, int last_column,
                           const ErrorScope& errors) const {
        throw InputError{fmt::format(
            "'{}': cannot read rows {}-{}, columns {}-{}: {}; the file is damaged or cut off, "
            "fetch it again",
            file_.description.name, first_row, last_row, first_column, last_column, errors.message())};
    }

    template <typename Value>
    void clear_no_data(std::span<Value> out) const {
        if (!file_.no_data) return;
        constexpr Value none = std::numeric_limits<Value>::quiet_NaN();
        constexpr std::size_t step = 256;  // cells without data lie together
        const auto clear_if = [&](const auto& marks) {
            for (std::size_t first = 0; first < out.size(); first += step) {
                const std::span<Value> cells = out.subspan(first, std::min(step, out.size() - first));
                int marked = 0;
                for (const Value value : cells) marked += static_cast<int>(marks(value));
                if (marked == 0) continue;
                for (Value& value : cells) value = marks(value) ? none : value;
            }
        };
        if (*file_.no_data < lowest_marks) {
            // Floats have no value between the two bounds.
            constexpr auto lowest = static_cast<Value>(lowest_marks);
            clear_if([](Value value) { return value <= lowest; });
        } else {
            const auto mark = static_cast<Value>(*file_.no_data);
            if (static_cast<double>(mark) != *file_.no_data) return;  // no cell can hold it
            clear_if([mark](Value value) { return value == mark; });
        }
    }

    void apply_mask(Window window, std::span<double> out, const ErrorScope& errors) {
        mask_values_.resize(out.size());
        copy(*mask_, window, std::span{mask_values_}, errors);
        for (std::size_t i = 0; i < out.size(); ++i) {
            if (mask_values_[i] == 0) out[i] = no_value;
        }
    }

    RasterFile file_;
    DatasetHandle dataset_;
    BlockCache values_;
    std::optional<BlockCache> mask_;
    std::vector<double> mask_values_;  ///< buffer
    std::optional<ByteValues> byte_values_;
    std::optional<StoredBlocks> stored_;  ///< once asked for
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
