#include "io/open_layer.hpp"

#include <utility>

#include "engine/errors.hpp"
#include "io/gdal/raster_file.hpp"
#include "io/gdal/raster_source.hpp"
#include "io/gdal/read_polygons.hpp"
#include "io/gdal/stored_object.hpp"
#include "io/gdal/vector_coverage_source.hpp"
#include "io/proj/crs.hpp"
#include "io/proj/transform.hpp"

namespace phusong::io {

Extent extent_of_grid(const GridSpec& grid) {
    return {grid.x_at(0), grid.y_at(grid.rows), grid.x_at(grid.columns), grid.y_at(0)};
}

bool overlap(const Extent& a, const Extent& b) {
    return a.west < b.east && b.west < a.east && a.south < b.north && b.south < a.north;
}

void require_overlap(const std::string& one, const Extent& extent, const std::string& other,
                     const Extent& other_extent, const std::string& crs) {
    if (overlap(extent, other_extent)) return;
    throw InputError{one + " and " + other + " do not overlap: " + words_of(extent) + " against " +
                     words_of(other_extent) + " in " + facts_of(crs).name +
                     "; check their CRSs and axis order"};
}

bool is_raster(const FileLayer& file) {
    const std::string path = checked_map_path(file.path);
    if (file.band > 0) return true;
    const bool raster = looks_like_raster(path);
    if (raster && !file.layer.empty()) {
        throw InputError{"'" + file.path + "' is a raster and has no layer '" + file.layer +
                         "'; name a band by its number: '" + file.path + "[1]'"};
    }
    return raster;
}

Extent wanted_extent(const StudyPlane& study, const CoordinateTransformSource* from_study) {
    return from_study == nullptr ? study.communes_extent
                                 : transformed(study.communes_extent, *from_study->open());
}

CoverageSource open_coverage(const CoverageInput& input, const StudyPlane& study, const OpenOptions& options,
                             Problems& problems, const std::string& role) {
    CoverageSource source;
    source.name = input.file.path;
    const std::string quoted = "'" + input.file.path + "' (" + role + " " + input.label() + ")";
    if (!is_raster(input.file)) {
        CoveragePolygons polygons = read_coverage_polygons(input, study.crs, study.grid, problems);
        require_overlap(quoted, extent_of_all(polygons.shapes).value(), study.communes, study.communes_extent,
                        study.crs);
        source.polygons = std::move(polygons.shapes);
        source.operation = std::move(polygons.operation);
        source.synthetic = polygons.synthetic;
        return source;
    }
    if (!input.where.field.empty()) {
        throw InputError{quoted + " is a raster; a filter by field '" + input.where.field +
                         "' needs polygons"};
    }
    source.raster =
        open_raster(input.file, role + " " + input.label(), options.cache_bytes_per_reader, problems);
    const RasterDescription& raster = source.raster->description();
    source.name = raster.name;
    source.synthetic = raster.synthetic;
    source.from_study = make_transform(study.crs, raster.crs, study.communes_extent, quoted);
    const Extent wanted = wanted_extent(study, source.from_study.get());
    require_overlap(quoted, extent_of_grid(raster.grid), study.communes, wanted, raster.crs);
    return source;
}

}  // namespace phusong::io
