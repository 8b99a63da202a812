#pragma once

#include <filesystem>
#include <memory>

#include "engine/plan.hpp"
#include "engine/sources.hpp"
#include "engine/tile_pass.hpp"
#include "io/gdal/raster_sink.hpp"

namespace phusong::io {

/// service.tif: any operator's answer, one band a technology. On the study grid 0 unserved, 1 served, 255
/// unknown; or, per population cell, the part of it that is served (of the part that is known).
class ServiceMap {
public:
    /// Makes nothing where the study wants no map.
    ServiceMap(const Plan& plan, const Sources& sources, const std::filesystem::path& path);

    void write(const ServiceTile& tile);
    /// Turns what was written into a cloud-optimised GeoTIFF and reads it back; beside it goes the style that
    /// QGIS loads by itself, which would else take the first three technologies for red, green and blue.
    /// @throws StorageError
    void finish();

private:
    void write_classes(const ServiceTile& tile);
    void write_shares(const ServiceTile& tile);

    const Plan& plan_;
    std::filesystem::path path_;
    std::unique_ptr<RasterSink> sink_;
};

}  // namespace phusong::io
