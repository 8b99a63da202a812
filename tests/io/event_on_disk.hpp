#pragma once

#include <gdal.h>
#include <ogr_srs_api.h>

#include <stdexcept>
#include <string>
#include <vector>

#include "algorithms/grid/grid_spec.hpp"
#include "engine/errors.hpp"
#include "engine/event.hpp"
#include "engine/problems.hpp"
#include "io/gdal/handles.hpp"
#include "io/gdal/startup.hpp"
#include "tests/support/scratch_folder.hpp"

namespace phusong::test {

/// Files of an event in a folder of its own; the study's cells are 0.1 degrees, 10 by 10 from (105, 20).
class EventOnDisk {
public:
    EventOnDisk() { io::start_gdal(); }

    /// @return the path
    std::string add(const std::string& name, const std::string& text) {
        write(folder_ / name, text);
        return (folder_ / name).string();
    }
    /// A GeoTIFF of the study's cells. @param values row by row; -9999 is no data
    std::string add_raster(const std::string& name, std::vector<float> values) {
        const std::string path = (folder_ / name).string();
        const io::DatasetHandle dataset{
            GDALCreate(GDALGetDriverByName("GTiff"), path.c_str(), 10, 10, 1, GDT_Float32, nullptr)};
        double transform[] = {105, 0.1, 0, 20, 0, -0.1};
        GDALSetGeoTransform(dataset.get(), transform);
        const io::SpatialReferenceHandle crs{OSRNewSpatialReference(nullptr)};
        OSRImportFromEPSG(crs.get(), 4326);
        GDALSetSpatialRef(dataset.get(), crs.get());
        GDALRasterBandH band = GDALGetRasterBand(dataset.get(), 1);
        GDALSetRasterNoDataValue(band, -9999);
        values.resize(100, -9999);
        if (GDALRasterIO(band, GF_Write, 0, 0, 10, 10, values.data(), 10, 10, GDT_Float32, 0, 0) != CE_None) {
            throw std::runtime_error{"no raster"};
        }
        return path;
    }
    [[nodiscard]] std::string path(const std::string& name) const { return (folder_ / name).string(); }
    [[nodiscard]] static GridSpec grid() { return {105, 20, 0.1, 0.1, 10, 10}; }

    [[nodiscard]] std::string notices() const {
        std::string all;
        for (const Problem& problem : problems) all += problem.subject + ": " + problem.what + "\n";
        return all;
    }

    EventInput event;
    Problems problems;

private:
    ScratchFolder folder_;
};

/// What an action says when it refuses; empty: it did not.
template <typename Action>
std::string refusal(Action action) {
    try {
        action();
    } catch (const InputError& error) {
        return error.what();
    }
    return "";
}

inline std::string geojson(const std::string& features) {
    return R"({"type": "FeatureCollection", "features": [)" + features + "]}";
}

/// A square of a tenth of a degree and more, given by its western and southern edge.
inline std::string square(double west, double south, double side, const std::string& properties) {
    const auto corner = [&](double x, double y) {
        return "[" + std::to_string(x) + "," + std::to_string(y) + "]";
    };
    return R"({"type": "Feature", "properties": {)" + properties +
           R"(}, "geometry": {"type": "Polygon", "coordinates": [[)" + corner(west, south) + "," +
           corner(west + side, south) + "," + corner(west + side, south + side) + "," +
           corner(west, south + side) + "," + corner(west, south) + "]]}}";
}

}  // namespace phusong::test
