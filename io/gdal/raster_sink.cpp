#include "io/gdal/raster_sink.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <system_error>

#include "io/gdal/cell_digest.hpp"
#include "io/gdal/crs_of_file.hpp"
#include "io/gdal/error_scope.hpp"
#include "io/gdal/handles.hpp"
#include "io/gdal/scoped_option.hpp"
#include "io/gdal/sink_error.hpp"
#include "io/gdal/startup.hpp"

namespace phusong::io {

namespace {

constexpr int block_side = 512;

/// No .aux.xml beside results.
ScopedOption without_sidecars() {
    return {"GDAL_PAM_ENABLED", "NO"};
}

void remove_quietly(const std::filesystem::path& path) {
    std::error_code ignored;
    std::filesystem::remove(path, ignored);
}

GDALDriverH driver(const char* name, const std::filesystem::path& path) {
    GDALDriverH found = GDALGetDriverByName(name);
    if (found == nullptr) cannot_write(path, std::string{"this GDAL has no driver "} + name);
    return found;
}

GDALDataType type_of(RasterLayout::Pixel pixel) {
    switch (pixel) {
        case RasterLayout::Pixel::byte:
            return GDT_Byte;
        case RasterLayout::Pixel::uint32:
            return GDT_UInt32;
        case RasterLayout::Pixel::float32:
            return GDT_Float32;
    }
    return GDT_Unknown;
}

const char* resampling_of(RasterLayout::Overviews overviews) {
    switch (overviews) {
        case RasterLayout::Overviews::mean:
            return "AVERAGE";
        case RasterLayout::Overviews::commonest:
            return "MODE";
        case RasterLayout::Overviews::nearest:
            return "NEAREST";
    }
    return "";
}

void set_palette(GDALRasterBandH band, const std::vector<PaletteEntry>& palette) {
    GDALColorTableH colours = GDALCreateColorTable(GPI_RGB);
    for (const PaletteEntry& entry : palette) {
        const GDALColorEntry colour{entry.rgba[0], entry.rgba[1], entry.rgba[2], entry.rgba[3]};
        GDALSetColorEntry(colours, entry.value, &colour);
    }
    GDALSetRasterColorTable(band, colours);
    GDALDestroyColorTable(colours);
}

}  // namespace

class RasterSink::Impl {
public:
    Impl(const std::filesystem::path& path, RasterLayout layout);
    ~Impl();
    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;

    template <typename Value>
    void write(int band, Window window, std::span<const Value> values, GDALDataType type);
    void finish();

private:
    void create_plain();
    void copy_to_cog();
    void require_equal();

    std::filesystem::path path_;
    std::filesystem::path plain_path_;  ///< the same cells in a form that can be written in any order
    RasterLayout layout_;
    DatasetHandle plain_;
    std::vector<std::uint64_t> written_;  ///< digest of each band
};

RasterSink::Impl::Impl(const std::filesystem::path& path, RasterLayout layout)
    : path_{path}, plain_path_{path.string() + ".plain.tif"}, layout_{std::move(layout)} {
    start_gdal();
    written_.assign(layout_.bands.size(), 0);
    try {
        create_plain();
    } catch (...) {
        plain_.reset();
        remove_quietly(plain_path_);
        throw;
    }
}

RasterSink::Impl::~Impl() {
    const ErrorScope quiet;
    const ScopedOption option = without_sidecars();
    plain_.reset();
    remove_quietly(plain_path_);
}

void RasterSink::Impl::create_plain() {
    const ErrorScope errors;
    const ScopedOption option = without_sidecars();
    StringList options;
    options.set("TILED", "YES");
    options.set("BLOCKXSIZE", std::to_string(block_side).c_str());
    options.set("BLOCKYSIZE",
                std::to_string(layout_.strip_rows > 0 ? layout_.strip_rows : block_side).c_str());
    options.set("COMPRESS", "DEFLATE");
    options.set("ZLEVEL", "1");
    options.set("SPARSE_OK", "TRUE");
    options.set("BIGTIFF", "IF_SAFER");
    options.set("INTERLEAVE", "BAND");
    // Three bands of bytes are no red, green and blue.
    if (layout_.bands.size() > 1) options.set("PHOTOMETRIC", "MINISBLACK");
    const GridSpec& grid = layout_.grid;
    const auto bands = static_cast<int>(layout_.bands.size());
    plain_.reset(GDALCreate(driver("GTiff", path_), plain_path_.c_str(), grid.columns, grid.rows, bands,
                            type_of(layout_.pixel), options.get()));
    if (!plain_) cannot_write(path_, errors.message());
    double geotransform[6] = {grid.origin_x, grid.cell_width, 0, grid.origin_y, 0, -grid.cell_height};
    GDALSetGeoTransform(plain_.get(), geotransform);
    GDALSetSpatialRef(plain_.get(), make_spatial_reference(layout_.crs).get());
    for (const auto& [key, value] : layout_.metadata) {
        GDALSetMetadataItem(plain_.get(), key.c_str(), value.c_str(), nullptr);
    }
    for (const PaletteEntry& entry : layout_.palette) {
        GDALSetMetadataItem(plain_.get(), fmt::format("CLASS_{}", entry.value).c_str(), entry.name.c_str(),
                            nullptr);
    }
    for (int i = 0; i < bands; ++i) {
        GDALRasterBandH band = GDALGetRasterBand(plain_.get(), i + 1);
        GDALSetDescription(band, layout_.bands[static_cast<std::size_t>(i)].c_str());
        GDALSetRasterNoDataValue(band, layout_.nodata);
        if (!layout_.unit.empty()) GDALSetRasterUnitType(band, layout_.unit.c_str());
        if (bands == 1 && !layout_.palette.empty()) set_palette(band, layout_.palette);
    }
    if (errors.failed()) cannot_write(path_, errors.message());
}

template <typename Value>
void RasterSink::Impl::write(int band, Window window, std::span<const Value> values, GDALDataType type) {
    assert(type_of(layout_.pixel) == type);
    assert(plain_ && layout_.grid.window().contains(window) && values.size() == window.cell_count());
    if (window.empty()) return;
    const ErrorScope errors;
    const ScopedOption option = without_sidecars();
    // GDAL only reads through the pointer when the flag is GF_Write.
    void* const cells = const_cast<Value*>(values.data());  // NOLINT(cppcoreguidelines-pro-type-const-cast)
    const CPLErr result =
        GDALRasterIO(GDALGetRasterBand(plain_.get(), band + 1), GF_Write, window.column, window.row,
                     window.columns, window.rows, cells, window.columns, window.rows, type, 0, 0);
    if (result != CE_None || errors.failed()) cannot_write(path_, errors.message());
    written_[static_cast<std::size_t>(band)] +=
        cell_digest(window, layout_.grid.columns, values, layout_.nodata);
}

void RasterSink::Impl::finish() {
    assert(plain_);
    try {
        copy_to_cog();
        require_equal();
    } catch (...) {
        remove_quietly(path_);
        remove_quietly(path_.string() + ".ovr.tmp");
        throw;
    }
    remove_quietly(plain_path_);
}

void RasterSink::Impl::copy_to_cog() {
    const ErrorScope errors;
    const ScopedOption option = without_sidecars();
    GDALFlushCache(plain_.get());
    if (errors.failed()) cannot_write(path_, errors.message());
    StringList options;
    options.set("COMPRESS", "DEFLATE");
    options.set("BLOCKSIZE", std::to_string(block_side).c_str());
    // Halves rasters of distances; classes in single bytes are as small without.
    if (layout_.pixel != RasterLayout::Pixel::byte) options.set("PREDICTOR", "YES");
    options.set("OVERVIEW_RESAMPLING", resampling_of(layout_.overviews));
    options.set("BIGTIFF", "IF_SAFER");
    DatasetHandle cog{GDALCreateCopy(driver("COG", path_), path_.c_str(), plain_.get(), 1, options.get(),
                                     nullptr, nullptr)};
    if (!cog) cannot_write(path_, errors.message());
    cog.reset();
    plain_.reset();
    if (errors.failed()) cannot_write(path_, errors.message());
}

void RasterSink::Impl::require_equal() {
    const ErrorScope errors;
    const ScopedOption option = without_sidecars();
    constexpr const char* const drivers[] = {"GTiff", nullptr};
    const DatasetHandle cog{GDALOpenEx(
        path_.c_str(), GDAL_OF_RASTER | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR, drivers, nullptr, nullptr)};
    if (!cog) cannot_write(path_, "it does not open again: " + errors.message());
    const GridSpec& grid = layout_.grid;
    if (GDALGetRasterXSize(cog.get()) != grid.columns || GDALGetRasterYSize(cog.get()) != grid.rows ||
        GDALGetRasterCount(cog.get()) != static_cast<int>(layout_.bands.size())) {
        cannot_write(path_, "it does not read back as it was written");
    }
    std::vector<double> values;  // holds every value of every pixel type
    for (std::size_t band = 0; band < written_.size(); ++band) {
        std::uint64_t read = 0;
        for (int row = 0; row < grid.rows; row += block_side) {
            for (int column = 0; column < grid.columns; column += block_side) {
                const Window block = intersection(grid.window(), {row, column, block_side, block_side});
                values.resize(block.cell_count());
                const CPLErr result =
                    GDALRasterIO(GDALGetRasterBand(cog.get(), static_cast<int>(band) + 1), GF_Read,
                                 block.column, block.row, block.columns, block.rows, values.data(),
                                 block.columns, block.rows, GDT_Float64, 0, 0);
                if (result != CE_None) cannot_write(path_, "it does not read back: " + errors.message());
                read += cell_digest<double>(block, grid.columns, values, layout_.nodata);
            }
        }
        if (read != written_[band]) cannot_write(path_, "it does not read back as it was written");
    }
}

RasterSink::RasterSink(const std::filesystem::path& path, RasterLayout layout)
    : impl_{std::make_unique<Impl>(path, std::move(layout))} {}

RasterSink::~RasterSink() = default;

void RasterSink::write(int band, Window window, std::span<const float> values) {
    impl_->write(band, window, values, GDT_Float32);
}

void RasterSink::write(int band, Window window, std::span<const std::uint32_t> values) {
    impl_->write(band, window, values, GDT_UInt32);
}

void RasterSink::write(int band, Window window, std::span<const std::uint8_t> values) {
    impl_->write(band, window, values, GDT_Byte);
}

void RasterSink::finish() {
    impl_->finish();
}

}  // namespace phusong::io
