#pragma once

#include <memory>
#include <vector>

#include "algorithms/service/service_rule.hpp"
#include "engine/plan.hpp"
#include "engine/sources.hpp"

namespace phusong {

/// A layer that a pass reads: coverage before, coverage after, or severity of damage, in this order.
struct LayerSpec {
    std::shared_ptr<const RasterSource> raster;
    std::shared_ptr<const CoordinateTransformSource> from_study;  ///< null: the same CRS
    const std::vector<MultiPolygon>* polygons = nullptr;          ///< instead of `raster`
    Alignment alignment;
    ServiceRule rule;
    /// Of severity: outside of the raster there is no damage; coverage is unknown there.
    bool nothing_outside = false;
};

/// All layers of a pass. Severity rasters are read as parts, 0..1.
/// @pre plan and sources outlive the specs
[[nodiscard]] std::vector<LayerSpec> layer_specs(const Plan& plan, const Sources& sources);

/// How many of them there are, and where those of an event begin.
[[nodiscard]] std::size_t layer_count(const Plan& plan);

}  // namespace phusong
