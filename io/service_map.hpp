#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <vector>

#include "engine/plan.hpp"
#include "engine/sources.hpp"
#include "engine/tile_pass.hpp"
#include "io/gdal/raster_sink.hpp"

namespace phusong::io {

/// service.tif or, after an event, after.tif: any operator's answer, one band a technology. On the study grid
/// 0 unserved, 1 served, 255 unknown; or, per population cell, the part of it that is served (of the part
/// that is known).
class ServiceMap {
public:
    enum class When : std::uint8_t { before, after_event };

    /// Makes nothing where the study wants no map, or no event is there to map.
    ServiceMap(const Plan& plan, const Sources& sources, const std::filesystem::path& path,
               When when = When::before);

    void write(const ServiceTile& tile);
    /// Turns what was written into a cloud-optimised GeoTIFF and reads it back. @throws StorageError
    void finish();

private:
    /// Any operator's answers of one tile, by technology, row-major.
    using Answers = std::vector<std::vector<Service>>;
    void write_classes(const Window& study, const Answers& answers);
    void write_shares(const Window& study, const Answers& answers);

    const Plan& plan_;
    When when_;
    std::unique_ptr<RasterSink> sink_;
};

}  // namespace phusong::io
