#include "io/gdal/read_polygons.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "engine/errors.hpp"
#include "io/geos/repair.hpp"
#include "io/proj/crs.hpp"
#include "io/proj/reproject.hpp"
#include "io/proj/transform.hpp"

namespace phusong::io {

std::optional<Extent> extent_of_all(const std::vector<MultiPolygon>& shapes) {
    std::optional<Extent> all;
    for (const MultiPolygon& shape : shapes) {
        if (shape.parts.empty()) continue;
        const Extent extent = extent_of(shape);
        if (!all) all = extent;
        all->west = std::min(all->west, extent.west);
        all->south = std::min(all->south, extent.south);
        all->east = std::max(all->east, extent.east);
        all->north = std::max(all->north, extent.north);
    }
    return all;
}

std::string bring_into_study(std::vector<MultiPolygon>& shapes, const std::string& crs,
                             const std::string& study_crs, const GridSpec& study_grid,
                             const std::string& quoted,
                             const std::function<std::string(std::size_t)>& subject_of) {
    const std::optional<Extent> area = extent_of_all(shapes);
    if (!area) return {};
    require_plausible_extent(*area, crs, quoted);
    const auto source = make_transform(crs, study_crs, *area, quoted);
    if (!source) return {};
    const auto transform = source->open();
    const double tolerance = border_tolerance_cells * std::min(study_grid.cell_width, study_grid.cell_height);
    for (std::size_t i = 0; i < shapes.size(); ++i) {
        if (!reproject(shapes[i], *transform, tolerance)) {
            throw InputError{quoted + ": " + subject_of(i) +
                             " has a corner without a position in the CRS of the " +
                             "population raster; check the CRS of both"};
        }
    }
    return source->operation();
}

void repair_and_tell(MultiPolygon& shape, const std::string& subject, Problems& problems) {
    Repair result = repair(shape);
    if (result.repaired) {
        problems.push_back(
            {subject,
             result.shape.parts.empty()
                 ? "its geometry is invalid (" + result.why + ") and could not be repaired; it has no area"
                 : fmt::format("its geometry is invalid ({}) and was repaired; the area changed by {:.4g} %",
                               result.why, 100 * result.changed_area_part)});
    }
    shape = std::move(result.shape);
}

}  // namespace phusong::io
