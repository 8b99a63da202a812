#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "engine/plan.hpp"
#include "engine/sources.hpp"
#include "io/gdal/raster_sink.hpp"

namespace phusong::io {

/// dead_zones.tif: on the study grid the id of the dead zone that a cell belongs to, 0 for none; one band a
/// definition.
class DeadZoneMap {
public:
    /// @pre the plan has a definition. @throws StorageError
    DeadZoneMap(const Plan& plan, const Sources& sources, const std::filesystem::path& path);

    void write(std::size_t definition, Window window, std::span<const std::uint32_t> ids);
    /// As RasterSink. @throws StorageError
    void finish() { sink_.finish(); }

private:
    RasterSink sink_;
};

/// distance.tif: from every study cell metres to the nearest cell that has service by one definition's
/// technologies, 0 there, -1 where nobody has; one band a definition.
class DistanceMap {
public:
    /// @pre the plan has a definition. @throws StorageError
    DistanceMap(const Plan& plan, const Sources& sources, const std::filesystem::path& path);

    /// Rows of one definition come from the north, one definition after the other. @param metres NaN for none
    void write(std::size_t definition, std::int32_t row, std::span<const float> metres);
    /// As RasterSink. @throws StorageError
    void finish() { sink_.finish(); }

private:
    RasterSink sink_;
    std::int32_t rows_;
    std::vector<float> strip_;  ///< rows that wait for their strip to be whole
};

}  // namespace phusong::io
