#pragma once

#include <filesystem>
#include <memory>
#include <span>

#include "engine/plan.hpp"
#include "engine/run.hpp"
#include "engine/sources.hpp"
#include "io/gdal/raster_sink.hpp"

namespace phusong::io {

/// people_dark.tif: per population cell the people expected to be without mobile service after the event, at
/// its headline hour.
class PeopleDarkMap {
public:
    /// Makes nothing without an event. @throws StorageError
    PeopleDarkMap(const Plan& plan, const Sources& sources, const std::filesystem::path& path);

    /// Has `run` tell it. @pre outlives the run
    void ask_for(RunOptions& options);
    /// As RasterSink, with the style that QGIS loads by itself beside it. @throws StorageError
    void finish();

private:
    std::unique_ptr<RasterSink> sink_;
};

}  // namespace phusong::io
