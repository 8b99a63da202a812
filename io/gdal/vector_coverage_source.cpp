#include "io/gdal/vector_coverage_source.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "engine/errors.hpp"
#include "io/gdal/read_polygons.hpp"
#include "io/gdal/vector_layer.hpp"

namespace phusong::io {

CoveragePolygons read_coverage_polygons(const CoverageInput& input, const std::string& study_crs,
                                        const GridSpec& study_grid, Problems& problems) {
    const std::string role = "coverage " + input.label();
    VectorLayer layer{input.file, LayerContents::polygons, role, problems};
    std::optional<int> filter;
    if (!input.where.field.empty()) filter = layer.field(input.where.field, "filter of " + role);
    const auto passes = [&](const VectorLayer::Feature& feature) {
        if (!filter) return true;
        const std::string value = feature.text(*filter).value_or("");
        return std::find(input.where.values.begin(), input.where.values.end(), value) !=
               input.where.values.end();
    };

    CoveragePolygons result;
    result.synthetic = layer.synthetic();
    std::vector<std::string> names;
    std::size_t passed = 0;
    layer.for_each([&](const VectorLayer::Feature& feature) {
        if (!passes(feature)) return;
        ++passed;
        const std::string subject = layer.quoted() + ", " + feature.words();
        GatheredPolygons gathered = feature.polygons();
        if (!gathered.remark.empty()) problems.push_back({subject, "geometry: " + gathered.remark});
        if (gathered.shape.parts.empty()) return;
        repair_and_tell(gathered.shape, subject, problems);
        if (gathered.shape.parts.empty()) return;
        result.shapes.push_back(std::move(gathered.shape));
        names.push_back(feature.words());
    });
    const std::string subject = layer.quoted() + " (" + role + ")";
    if (passed == 0) {
        throw InputError{subject + ": no feature has one of the values asked for in field '" +
                         input.where.field + "'"};
    }
    if (result.shapes.empty()) throw InputError{subject + " has no usable polygon"};
    result.operation = bring_into_study(result.shapes, layer.crs(), study_crs, study_grid, layer.quoted(),
                                        [&](std::size_t i) { return names[i]; });
    return result;
}

}  // namespace phusong::io
