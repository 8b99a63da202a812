#include "io/gdal/array_raster.hpp"

#include "io/gdal/crs_of_file.hpp"
#include "io/gdal/error_scope.hpp"
#include "io/gdal/handles.hpp"
#include "io/gdal/sink_error.hpp"
#include "io/proj/crs.hpp"

namespace phusong::io {

namespace {

GDALDataType type_of_cell(ArrayRaster::Cell cell) {
    switch (cell) {
        case ArrayRaster::Cell::uint8:
            return GDT_Byte;
        case ArrayRaster::Cell::int16:
            return GDT_Int16;
        case ArrayRaster::Cell::uint16:
            return GDT_UInt16;
        case ArrayRaster::Cell::int32:
            return GDT_Int32;
        case ArrayRaster::Cell::uint32:
            return GDT_UInt32;
        case ArrayRaster::Cell::float32:
            return GDT_Float32;
        case ArrayRaster::Cell::float64:
            return GDT_Float64;
    }
    return GDT_Unknown;
}

}  // namespace

void write_array(const std::filesystem::path& path, const ArrayRaster& raster) {
    const SpatialReferenceHandle crs = make_spatial_reference(canonical_crs(raster.crs, "the array"));
    ErrorScope errors;
    StringList options;
    options.set("TILED", "YES");
    options.set("BLOCKXSIZE", "512");
    options.set("BLOCKYSIZE", "512");
    options.set("BIGTIFF", "IF_SAFER");
    DatasetHandle dataset{GDALCreate(GDALGetDriverByName("GTiff"), path.c_str(), raster.columns, raster.rows,
                                     1, type_of_cell(raster.cell), options.get())};
    if (!dataset) cannot_write(path, errors.message());
    std::array<double, 6> transform = raster.transform;
    GDALRasterBandH band = GDALGetRasterBand(dataset.get(), 1);
    bool good = GDALSetGeoTransform(dataset.get(), transform.data()) == CE_None &&
                GDALSetSpatialRef(dataset.get(), crs.get()) == CE_None;
    if (raster.nodata) good = good && GDALSetRasterNoDataValue(band, *raster.nodata) == CE_None;
    good = good &&
           GDALRasterIO(band, GF_Write, 0, 0, raster.columns, raster.rows,
                        const_cast<void*>(raster.cells),  // NOLINT(cppcoreguidelines-pro-type-const-cast)
                        raster.columns, raster.rows, type_of_cell(raster.cell), 0, 0) == CE_None;
    GDALFlushCache(dataset.get());
    dataset.reset();
    if (!good || errors.failed()) cannot_write(path, errors.message());
}

}  // namespace phusong::io
