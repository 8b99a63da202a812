#include "io/open_sources.hpp"

#include <optional>
#include <utility>

#include "engine/errors.hpp"
#include "io/gdal/candidate_source.hpp"
#include "io/gdal/place_source.hpp"
#include "io/gdal/raster_source.hpp"
#include "io/gdal/read_polygons.hpp"
#include "io/gdal/startup.hpp"
#include "io/gdal/zone_source.hpp"
#include "io/open_event.hpp"
#include "io/open_layer.hpp"
#include "io/proj/crs.hpp"

namespace phusong::io {

namespace {

std::vector<MultiPolygon> shapes_of(const std::vector<Zone>& zones) {
    std::vector<MultiPolygon> shapes;
    shapes.reserve(zones.size());
    for (const Zone& zone : zones) shapes.push_back(zone.shape);
    return shapes;
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
    const StudyPlane plane{population.crs, study_grid, *extent, communes};
    for (const CoverageInput& input : study.coverage) {
        sources.coverage.push_back(open_coverage(input, plane, options, sources.problems));
    }
    sources.settlements =
        open_places(study.settlements, PlaceKind::settlements, population, sources.problems);
    sources.sites = open_places(study.sites, PlaceKind::sites, population, sources.problems);
    if (study.rollout && study.rollout->candidates) {
        sources.rollout_candidates =
            read_candidates(*study.rollout, population.crs, population.grid, sources.problems);
    }
    if (study.event) sources.event = open_event(study, plane, options, sources.problems);
    return sources;
}

}  // namespace phusong::io
