#include <cpl_string.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>

#include "engine/errors.hpp"
#include "io/gdal/error_scope.hpp"
#include "io/gdal/stored_object.hpp"
#include "io/gdal/vector_layer.hpp"
#include "io/text/remote_name.hpp"
#include "io/text/text_encoding.hpp"

namespace phusong::io {

namespace {

constexpr const char* const vector_drivers[] = {"GPKG",       "GeoJSON", "TopoJSON", "ESRI Shapefile",
                                                "FlatGeobuf", "CSV",     nullptr};
/// Of a store, where a file stands for itself alone.
constexpr const char* const object_drivers[] = {"GPKG", "GeoJSON", "TopoJSON", "FlatGeobuf", nullptr};

std::string lower_extension(const std::string& path) {
    std::string extension = std::filesystem::path{path}.extension().string();
    std::transform(extension.begin(), extension.end(), extension.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return extension;
}

std::string hint_for(const std::string& path, const std::string& reason) {
    const std::string extension = lower_extension(path);
    if (extension == ".gml") {
        return "GML is not read, because its readers make integers of codes and lose leading zeros; convert "
               "it to "
               "GeoPackage with text codes";
    }
    if (extension == ".kml" || extension == ".kmz") return "KML is not read; convert it to GeoPackage";
    if (names_object(path) && extension == ".shp") {
        return "a Shapefile is several files; store it as GeoPackage or FlatGeobuf, which are one";
    }
    if (names_object(path) && extension == ".csv") return "tables are read on this machine only; download it";
    if (extension == ".shp" &&
        !std::filesystem::exists(std::filesystem::path{path}.replace_extension(".shx")) &&
        !std::filesystem::exists(std::filesystem::path{path}.replace_extension(".SHX"))) {
        return "its .shx file is missing; fetch all files of the Shapefile (.shp, .shx, .dbf, .prj, .cpg)";
    }
    if (reason.find("crs not found") != std::string::npos) {
        return "it names a CRS that PROJ does not know (" + reason +
               "); correct or remove the CRS in the file";
    }
    if (reason == "no reason given" || reason.find("not recognized") != std::string::npos) {
        return "it is no GeoPackage, GeoJSON, TopoJSON, Shapefile, FlatGeobuf or CSV";
    }
    // SQLite's own words quote whole statements.
    constexpr std::size_t readable = 160;
    const std::string end =
        reason.size() > readable ? "..." + reason.substr(reason.size() - readable / 2) : reason;
    return end + "; the file is damaged or cut off, fetch it again";
}

bool may_hold_polygons(OGRwkbGeometryType type) {
    const OGRwkbGeometryType flat = wkbFlatten(type);
    return flat == wkbUnknown || flat == wkbGeometryCollection || flat == wkbTriangle || flat == wkbTIN ||
           flat == wkbPolyhedralSurface || OGR_GT_IsSubClassOf(flat, wkbSurface) != 0 ||
           OGR_GT_IsSubClassOf(flat, wkbMultiSurface) != 0;
}

bool may_hold_points(OGRLayerH layer) {
    const OGRwkbGeometryType flat = wkbFlatten(OGR_L_GetGeomType(layer));
    return flat == wkbUnknown || flat == wkbPoint || flat == wkbMultiPoint ||
           (flat == wkbNone && position_columns_of(OGR_L_GetLayerDefn(layer)));
}

/// A .dbf of another state than its .shp hides shapes, or lends them the names of others.
void require_row_for_every_shape(GDALDatasetH dataset, const std::string& quoted) {
    GDALDriverH driver = GDALGetDatasetDriver(dataset);
    if (driver == nullptr || std::strcmp(GDALGetDriverShortName(driver), "ESRI Shapefile") != 0) return;
    const std::unique_ptr<char*, decltype(&CSLDestroy)> files{GDALGetFileList(dataset), &CSLDestroy};
    std::optional<std::uint64_t> shapes;
    std::optional<std::uint64_t> rows;
    for (char** path = files.get(); path != nullptr && *path != nullptr; ++path) {
        const std::string extension = lower_extension(*path);
        std::error_code trouble;
        if (extension == ".shx") {
            const std::uintmax_t bytes = std::filesystem::file_size(*path, trouble);
            constexpr std::uint64_t header = 100;
            if (!trouble && bytes >= header) shapes = (bytes - header) / 8;
        } else if (extension == ".dbf") {
            std::array<unsigned char, 8> start{};
            std::ifstream file{*path, std::ios::binary};
            if (!file.read(reinterpret_cast<char*>(start.data()), start.size())) continue;
            rows = start[4] + 256ULL * start[5] + 65536ULL * start[6] + 16777216ULL * start[7];
        }
    }
    if (!shapes || !rows || *shapes == *rows) return;
    throw InputError{quoted + " has " + std::to_string(*shapes) + " shapes (.shx) but " +
                     std::to_string(*rows) +
                     " rows (.dbf): its files do not belong together; fetch all of them again"};
}

/// Its readers say only that it is no file of theirs.
void refuse_wide_text(const std::string& path, const std::string& name) {
    std::array<char, 4> start{};
    std::ifstream file{path, std::ios::binary};
    file.read(start.data(), start.size());
    const std::string wide = wide_encoding({start.data(), static_cast<std::size_t>(file.gcount())});
    if (!wide.empty()) throw InputError{"'" + name + "' is " + wide + " text; convert it to UTF-8"};
}

}  // namespace

DatasetHandle open_vector_file(const std::string& absolute_path, const std::string& name) {
    refuse_wide_text(absolute_path, name);
    const ObjectAccess access{absolute_path};
    ErrorScope errors;
    // Shapefile text as stored: we decode it. The first row of a table names its columns, all of them text.
    const char* const options[] = {"ENCODING=", "HEADERS=YES", "AUTODETECT_TYPE=NO", nullptr};
    DatasetHandle dataset{
        GDALOpenEx(absolute_path.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR,
                   names_object(absolute_path) ? object_drivers : vector_drivers, options, nullptr)};
    if (!dataset || errors.failed()) {
        throw InputError{"'" + name + "' cannot be read: " + hint_for(absolute_path, errors.first_message())};
    }
    require_row_for_every_shape(dataset.get(), "'" + name + "'");
    return dataset;
}

std::vector<VectorLayerInfo> layers_of(GDALDatasetH dataset) {
    std::vector<VectorLayerInfo> layers;
    for (int i = 0; i < GDALDatasetGetLayerCount(dataset); ++i) {
        OGRLayerH layer = GDALDatasetGetLayer(dataset, i);
        const OGRwkbGeometryType type = OGR_L_GetGeomType(layer);
        layers.push_back({OGR_L_GetName(layer), OGRGeometryTypeToName(type),
                          may_hold_polygons(type) && !is_table(dataset), may_hold_points(layer)});
    }
    return layers;
}

bool is_table(GDALDatasetH dataset) {
    GDALDriverH driver = GDALGetDatasetDriver(dataset);
    return driver != nullptr && std::strcmp(GDALGetDriverShortName(driver), "CSV") == 0;
}

}  // namespace phusong::io
