#include "io/gdal/raster_file.hpp"

#include <cpl_vsi.h>
#include <fmt/format.h>

#include <array>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <string_view>

#include "engine/errors.hpp"
#include "io/gdal/crs_of_file.hpp"
#include "io/gdal/error_scope.hpp"
#include "io/gdal/stored_object.hpp"
#include "io/proj/crs.hpp"

namespace phusong::io {

namespace {

constexpr const char* const raster_drivers[] = {"GTiff", nullptr};

/// Window arithmetic is 32 bit after refining by up to 16; a million cells is 30 m over most of a hemisphere.
constexpr int most_cells_a_side = 1 << 20;
constexpr std::int64_t most_block_bytes = std::int64_t{1} << 30;

/// Why a file of another kind is refused, when that can be said.
std::string hint_for(const std::string& path) {
    std::string start(512, '\0');
    std::ifstream file{path, std::ios::binary};
    file.read(start.data(), static_cast<std::streamsize>(start.size()));
    start.resize(static_cast<std::size_t>(file.gcount()));
    if (start.find("<VRTDataset") != std::string::npos) {
        return "it is a GDAL virtual raster (VRT), which can point anywhere; make a GeoTIFF of it with "
               "gdal_translate";
    }
    if (start.find("<html") != std::string::npos || start.find("<HTML") != std::string::npos ||
        start.find("<!DOCTYPE html") != std::string::npos) {
        return "it is a web page, probably an error message; download the file again";
    }
    return {};
}

int only_band(GDALDatasetH dataset, std::int32_t wanted, const std::string& quoted) {
    const int bands = GDALGetRasterCount(dataset);
    if (bands == 0) throw InputError{quoted + " has no raster band"};
    if (wanted < 0 || wanted > bands) {
        throw InputError{fmt::format("{} has {} band{}; there is no band {}", quoted, bands,
                                     bands == 1 ? "" : "s", wanted)};
    }
    if (wanted > 0) return wanted;
    const auto colour = [&](int band) {
        return GDALGetRasterColorInterpretation(GDALGetRasterBand(dataset, band));
    };
    // GDAL takes an alpha band as the mask only where it is of whole numbers and no nodata value is declared.
    const auto masks = [&] {
        return (GDALGetMaskFlags(GDALGetRasterBand(dataset, 1)) & GMF_PER_DATASET) != 0;
    };
    if (bands == 1 || (bands == 2 && colour(2) == GCI_AlphaBand && masks())) return 1;
    const bool picture = bands >= 3 && colour(1) == GCI_RedBand && colour(2) == GCI_GreenBand;
    throw InputError{fmt::format("{} has {} bands{}; say which with '{}[1]'", quoted, bands,
                                 picture ? " and looks like an RGB picture, not like data" : "",
                                 quoted.substr(1, quoted.size() - 2))};
}

GridSpec grid_of(GDALDatasetH dataset, const std::string& quoted, bool& south_up) {
    GridSpec grid;
    const int columns = GDALGetRasterXSize(dataset);
    const int rows = GDALGetRasterYSize(dataset);
    if (columns >= most_cells_a_side || rows >= most_cells_a_side) {
        throw LimitError{fmt::format("{} has {} x {} cells; the limit is {} a side", quoted, columns, rows,
                                     most_cells_a_side - 1)};
    }
    double t[6] = {};
    if (GDALGetGeoTransform(dataset, t) != CE_None) {
        throw InputError{quoted +
                         (GDALGetGCPCount(dataset) > 0
                              ? " is placed by control points only; rectify it first (gdalwarp)"
                              : " has no geotransform: nothing says where its cells lie; georeference it "
                                "first")};
    }
    for (const double number : t) {
        if (!std::isfinite(number))
            throw InputError{quoted + ": its geotransform holds numbers that are not finite"};
    }
    if ((t[1] == 0 && t[2] == 0) || (t[4] == 0 && t[5] == 0))
        throw InputError{quoted + ": its cells have no size (geotransform); georeference it first"};
    // Writers leave noise of 1e-17; a thousandth of a cell over the raster is not a rotation.
    const double skew = std::abs(t[2]) * rows / std::abs(t[1]) + std::abs(t[4]) * columns / std::abs(t[5]);
    if (!(skew < 1e-3)) {
        throw InputError{quoted +
                         " is rotated (its geotransform has row or column rotation); make it north-up first "
                         "without resampling people"};
    }
    if (!(t[1] > 0))
        throw InputError{quoted + ": its columns run from east to west (geotransform); mirror it first"};
    south_up = t[5] > 0;
    grid.rows = rows;
    grid.columns = columns;
    grid.origin_x = t[0];
    grid.cell_width = t[1];
    grid.cell_height = std::abs(t[5]);
    grid.origin_y = south_up ? t[3] + rows * t[5] : t[3];
    return grid;
}

/// A file cut off in transfer opens without a word; its directory knows where every block should end.
void require_whole_file(GDALRasterBandH band, const std::string& path, const std::string& quoted) {
    const std::uint64_t bytes = bytes_of(path);
    int block_columns = 1;
    int block_rows = 1;
    GDALGetBlockSize(band, &block_columns, &block_rows);
    const int across = (GDALGetRasterBandXSize(band) - 1) / block_columns + 1;
    const int down = (GDALGetRasterBandYSize(band) - 1) / block_rows + 1;
    for (int row = 0; row < down; ++row) {
        for (int column = 0; column < across; ++column) {
            const auto number = [&](const char* what) {
                const std::string key = fmt::format("BLOCK_{}_{}_{}", what, column, row);
                const char* text = GDALGetMetadataItem(band, key.c_str(), "TIFF");
                return text != nullptr ? std::strtoull(text, nullptr, 10) : 0;
            };
            const std::uint64_t offset = number("OFFSET");
            if (offset == 0) continue;  // a sparse block
            const std::uint64_t size = number("SIZE");
            if (offset > bytes || size > bytes - offset) {
                throw InputError{
                    fmt::format("{} is cut off: its cells in rows {}-{}, columns {}-{} lie beyond the end "
                                "of the file; fetch it again",
                                quoted, row * block_rows, (row + 1) * block_rows - 1, column * block_columns,
                                (column + 1) * block_columns - 1)};
            }
        }
    }
}

void check_band(GDALRasterBandH band, const std::string& quoted) {
    const GDALDataType type = GDALGetRasterDataType(band);
    if (GDALDataTypeIsComplex(type) != 0 || type == GDT_Unknown) {
        throw InputError{quoted + " holds " + GDALGetDataTypeName(type) + " cells; real numbers are needed"};
    }
    int columns = 1;
    int rows = 1;
    GDALGetBlockSize(band, &columns, &rows);
    const std::int64_t bytes = std::int64_t{columns} * rows * GDALGetDataTypeSizeBytes(type);
    if (bytes > most_block_bytes) {
        throw LimitError{
            fmt::format("{} is stored in blocks of {} x {} cells ({} MB each); store it in tiles first "
                        "(gdal_translate -co TILED=YES)",
                        quoted, columns, rows, bytes >> 20)};
    }
}

bool is_big_endian(const std::string& path) {
    const ObjectAccess access{path};
    const std::unique_ptr<VSILFILE, decltype(&VSIFCloseL)> file{VSIFOpenL(path.c_str(), "rb"), &VSIFCloseL};
    std::array<char, 2> start{};
    return file && VSIFReadL(start.data(), 1, start.size(), file.get()) == start.size() && start[0] == 'M' &&
           start[1] == 'M';
}

/// GDAL before 3.10.1 wrote such files with the bytes of every number turned round (OSGeo/gdal#11504), 1.5 as
/// 6.9e-41, and nothing in a file tells whether it is one of them.
void refuse_turned_floats(GDALDatasetH dataset, const std::string& path, const std::string& quoted) {
    const char* predictor = GDALGetMetadataItem(dataset, "PREDICTOR", "IMAGE_STRUCTURE");
    if (predictor == nullptr || std::string_view{predictor} != "3" || !is_big_endian(path)) return;
    throw InputError{
        quoted +
        " is written big-endian with the floating-point predictor (PREDICTOR=3), which GDAL before "
        "3.10.1 wrote with wrong values, and a file does not tell which it is; write it again from "
        "its source (gdal_translate -co ENDIANNESS=LITTLE -co PREDICTOR=3)"};
}

std::optional<double> no_data_of(GDALRasterBandH band) {
    int given = 0;
    const GDALDataType type = GDALGetRasterDataType(band);
    double value = 0;
    if (type == GDT_Int64) {
        value = static_cast<double>(GDALGetRasterNoDataValueAsInt64(band, &given));
    } else if (type == GDT_UInt64) {
        value = static_cast<double>(GDALGetRasterNoDataValueAsUInt64(band, &given));
    } else {
        value = GDALGetRasterNoDataValue(band, &given);
        if (type == GDT_Float32 && std::abs(value) <= 3.4028234663852886e38) {
            value = static_cast<double>(static_cast<float>(value));
        }
    }
    if (given == 0 || std::isnan(value)) return std::nullopt;  // NaN is no data in any case
    return value;
}

double scale_of(GDALRasterBandH band, const std::string& quoted) {
    int given = 0;
    const double scale = GDALGetRasterScale(band, &given);
    if (given == 0) return 1;
    if (std::isfinite(scale) && scale != 0) return scale;
    throw InputError{
        fmt::format("{} states the scale {} for its values, which makes them all alike; correct it "
                    "(gdal_edit.py -scale 1 sets none)",
                    quoted, scale)};
}

double offset_of(GDALRasterBandH band, const std::string& quoted) {
    int given = 0;
    const double offset = GDALGetRasterOffset(band, &given);
    if (given == 0) return 0;
    if (std::isfinite(offset)) return offset;
    throw InputError{
        fmt::format("{} states the offset {} for its values; correct it (gdal_edit.py -offset 0 "
                    "sets none)",
                    quoted, offset)};
}

}  // namespace

DatasetHandle open_geotiff(const std::string& absolute_path, const std::string& name) {
    const ObjectAccess access{absolute_path};
    ErrorScope errors;
    DatasetHandle dataset{GDALOpenEx(absolute_path.c_str(),
                                     GDAL_OF_RASTER | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR,
                                     raster_drivers, nullptr, nullptr)};
    if (dataset) return dataset;
    const std::string hint = hint_for(absolute_path);
    const std::string reason = !hint.empty()                      ? hint
                               : looks_like_raster(absolute_path) ? errors.message()
                                                                  : "it is not a GeoTIFF";
    throw InputError{"'" + name + "' cannot be read as a raster: " + reason};
}

bool looks_like_raster(const std::string& absolute_path) {
    const ObjectAccess access{absolute_path};
    const ErrorScope quiet;
    return GDALIdentifyDriverEx(absolute_path.c_str(), GDAL_OF_RASTER, raster_drivers, nullptr) != nullptr;
}

RasterFile inspect_raster(const FileLayer& file, const std::string& role, Problems& problems) {
    RasterFile raster;
    raster.path = checked_map_path(file.path);
    const DatasetHandle dataset = open_geotiff(raster.path, file.path);
    const ErrorScope errors;
    std::string quoted = "'" + file.path + "'";
    raster.band = only_band(dataset.get(), file.band, quoted);
    raster.description.name = file.band > 0 ? fmt::format("{}[{}]", file.path, file.band) : file.path;
    quoted = "'" + raster.description.name + "'";
    GDALRasterBandH band = GDALGetRasterBand(dataset.get(), raster.band);
    raster.description.grid = grid_of(dataset.get(), quoted, raster.south_up);
    check_band(band, quoted);
    refuse_turned_floats(dataset.get(), raster.path, quoted);
    require_whole_file(band, raster.path, quoted);
    raster.description.crs =
        crs_of_file(GDALGetSpatialRef(dataset.get()), file, quoted + " (" + role + ")", problems);

    const GridSpec& grid = raster.description.grid;
    require_plausible_extent({grid.origin_x, grid.y_at(grid.rows), grid.x_at(grid.columns), grid.origin_y},
                             raster.description.crs, quoted);
    GDALGetBlockSize(band, &raster.description.block_columns, &raster.description.block_rows);
    const char* synthetic = GDALGetMetadataItem(dataset.get(), "SYNTHETIC", nullptr);
    raster.description.synthetic = synthetic != nullptr && std::string_view{synthetic} == "YES";
    raster.masked = (GDALGetMaskFlags(band) & GMF_PER_DATASET) != 0;
    raster.no_data = no_data_of(band);
    const char* pixel_type = GDALGetMetadataItem(band, "PIXELTYPE", "IMAGE_STRUCTURE");
    raster.signed_byte = pixel_type != nullptr && std::string_view{pixel_type} == "SIGNEDBYTE";
    raster.scale = scale_of(band, quoted);
    raster.offset = offset_of(band, quoted);
    const char* compression = GDALGetMetadataItem(dataset.get(), "COMPRESSION", "IMAGE_STRUCTURE");
    if (compression != nullptr && std::string_view{compression}.find("JPEG") != std::string_view::npos) {
        problems.push_back(
            {quoted, "is stored as JPEG, which changes values; use the raster as it was before"});
    }
    if (role == "population" && GDALGetRasterColorTable(band) != nullptr) {
        problems.push_back({quoted,
                            "has a colour table; if its values are numbers of classes and not of people, "
                            "use the raster that it was drawn from"});
    }
    return raster;
}

}  // namespace phusong::io
