#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "engine/plan.hpp"
#include "engine/run.hpp"
#include "tests/support/drawing.hpp"

namespace phusong::test {

/// A study drawn by hand: people and layers on unit grids, communes as polygons on the plane.
struct StudyOnPaper {
    Study study;
    Sources sources;

    explicit StudyOnPaper(const Drawing& people) {
        study.name = "paper";
        study.population.file.path = "people";
        sources.population = raster_of(people, "people");
        sources.surface.geographic = false;
    }
    void commune(const std::string& code, MultiPolygon shape, const std::string& province = "P") {
        sources.zones.push_back({code, "Xã " + code, province, std::nullopt, std::move(shape)});
    }
    CoverageInput& layer(const std::string& technology, const std::string& operator_name,
                         std::shared_ptr<const RasterSource> raster) {
        CoverageInput input;
        input.technology = technology;
        input.operator_name = operator_name;
        input.file.path = technology + operator_name + ".tif";
        study.coverage.push_back(input);
        CoverageSource source;
        source.name = input.file.path;
        source.raster = std::move(raster);
        sources.coverage.push_back(std::move(source));
        return study.coverage.back();
    }
    [[nodiscard]] Plan plan(std::int32_t tile_side = 512) const {
        return make_plan(study, sources, {tile_side});
    }
    [[nodiscard]] StudyResult result() const { return run(plan(), sources); }
};

inline const PlaceResult& commune_of(const StudyResult& result, const std::string& code) {
    for (const PlaceResult& place : result.communes) {
        if (place.code == code) return place;
    }
    throw std::out_of_range{code};
}

}  // namespace phusong::test
