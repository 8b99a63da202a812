#include "io/open_sources.hpp"

#include <optional>
#include <utility>

#include "engine/errors.hpp"
#include "io/gdal/place_source.hpp"
#include "io/gdal/raster_file.hpp"
#include "io/gdal/raster_source.hpp"
#include "io/gdal/read_polygons.hpp"
#include "io/gdal/startup.hpp"
#include "io/gdal/vector_coverage_source.hpp"
#include "io/gdal/zone_source.hpp"
#include "io/path_policy.hpp"
#include "io/proj/crs.hpp"
#include "io/proj/transform.hpp"

namespace phusong::io {

namespace {

Extent extent_of_grid(const GridSpec& grid) {
    return {grid.x_at(0), grid.y_at(grid.rows), grid.x_at(grid.columns), grid.y_at(0)};
}

/// NaN extents, of places without an image, overlap nothing.
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
    const std::string path = checked_input_path(file.path);
    if (file.band > 0) return true;
    return file.layer.empty() && looks_like_raster(path);
}

std::vector<MultiPolygon> shapes_of(const std::vector<Zone>& zones) {
    std::vector<MultiPolygon> shapes;
    shapes.reserve(zones.size());
    for (const Zone& zone : zones) shapes.push_back(zone.shape);
    return shapes;
}

CoverageSource open_coverage(const CoverageInput& input, const std::string& study_crs,
                             const GridSpec& study_grid, const Extent& communes_extent,
                             const std::string& communes, const OpenOptions& options, Problems& problems) {
    CoverageSource source;
    source.name = input.file.path;
    const std::string quoted = "'" + input.file.path + "' (coverage " + input.label() + ")";
    if (!is_raster(input.file)) {
        CoveragePolygons polygons = read_coverage_polygons(input, study_crs, study_grid, problems);
        require_overlap(quoted, extent_of_all(polygons.shapes).value(), communes, communes_extent, study_crs);
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
        open_raster(input.file, "coverage " + input.label(), options.cache_bytes_per_reader, problems);
    const RasterDescription& raster = source.raster->description();
    source.name = raster.name;
    source.synthetic = raster.synthetic;
    source.from_study = make_transform(study_crs, raster.crs, communes_extent, quoted);
    const Extent wanted =
        source.from_study ? transformed(communes_extent, *source.from_study->open()) : communes_extent;
    require_overlap(quoted, extent_of_grid(raster.grid), communes, wanted, raster.crs);
    return source;
}

std::optional<PlacesSource> open_places(const std::optional<PlacesInput>& input, PlaceKind kind,
                                        const RasterDescription& population, Problems& problems) {
    if (!input) return std::nullopt;
    PlacesSource source = read_places(*input, kind, population.crs, problems);
    require_overlap("'" + source.name + "' (" + word_of(kind) + ")", extent_of(source.places),
                    "'" + population.name + "' (population)", extent_of_grid(population.grid),
                    population.crs);
    return source;
}

}  // namespace

Sources open_sources(const Study& study, const OpenOptions& options) {
    start_gdal();
    Sources sources;
    sources.population =
        open_raster(study.population.file, "population", options.cache_bytes_per_reader, sources.problems);
    const RasterDescription& population = sources.population->description();
    sources.surface = surface_of(population.crs);

    // The plan has not chosen its cells yet; the smallest that it may choose bound the error for all.
    constexpr std::int32_t finest_refinement = 16;
    const GridSpec study_grid = refined(population.grid, study.refine.value_or(finest_refinement));
    ZonesRead read = read_zones(study.communes, study.population.adjust_to, population.crs, study_grid);
    sources.zones = std::move(read.zones);
    sources.zones_synthetic = read.synthetic;
    sources.zones_operation = std::move(read.operation);
    sources.problems.insert(sources.problems.end(), read.problems.begin(), read.problems.end());

    const std::string communes = "'" + study.communes.file.path + "' (communes)";
    const std::optional<Extent> extent = extent_of_all(shapes_of(sources.zones));
    if (!extent) throw InputError{communes + " has no usable polygon"};
    require_overlap(communes, *extent, "'" + population.name + "' (population)",
                    extent_of_grid(population.grid), population.crs);
    for (const CoverageInput& input : study.coverage) {
        sources.coverage.push_back(
            open_coverage(input, population.crs, study_grid, *extent, communes, options, sources.problems));
    }
    sources.settlements =
        open_places(study.settlements, PlaceKind::settlements, population, sources.problems);
    sources.sites = open_places(study.sites, PlaceKind::sites, population, sources.problems);
    return sources;
}

}  // namespace phusong::io
