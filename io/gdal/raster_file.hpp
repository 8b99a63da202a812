#pragma once

#include <optional>
#include <string>

#include "engine/problems.hpp"
#include "engine/sources.hpp"
#include "engine/study.hpp"
#include "io/gdal/handles.hpp"

namespace phusong::io {

/// What a reader needs to turn a file's cells into values.
struct RasterFile {
    std::string path;  ///< absolute
    int band = 1;      ///< from 1
    bool south_up = false;
    bool signed_byte = false;       ///< GDAL before 3.7 reads such bytes as 0..255
    bool masked = false;            ///< a mask of the dataset or an alpha band says which cells count
    std::optional<double> no_data;  ///< raw value, rounded to the band's type
    double scale = 1;
    double offset = 0;
    RasterDescription description;
};

/// Opens a GeoTIFF read-only; `name` is for messages. @throws InputError naming the file
[[nodiscard]] DatasetHandle open_geotiff(const std::string& absolute_path, const std::string& name);

/// Whether GDAL takes the file for a raster that we read.
[[nodiscard]] bool looks_like_raster(const std::string& absolute_path);

/// Everything about a raster that can be known without reading cells, checked.
/// @param role "population", "coverage 4g Viettel": for messages
/// @throws InputError, LimitError
[[nodiscard]] RasterFile inspect_raster(const FileLayer& file, const std::string& role, Problems& problems);

}  // namespace phusong::io
