#include "engine/layer_spec.hpp"

#include <algorithm>

namespace phusong {

namespace {

LayerSpec coverage_spec(const CoverageSource& source, const Alignment& alignment, const ServiceRule& rule) {
    return {source.raster, source.from_study, source.polygons ? &*source.polygons : nullptr, alignment, rule,
            false};
}

}  // namespace

std::vector<LayerSpec> layer_specs(const Plan& plan, const Sources& sources) {
    std::vector<LayerSpec> specs;
    for (std::size_t i = 0; i < sources.coverage.size(); ++i) {
        specs.push_back(coverage_spec(sources.coverage[i], plan.alignments[i], plan.study.coverage[i].rule));
    }
    if (!plan.event) return specs;
    for (std::size_t i = 0; i < sources.event->after.size(); ++i) {
        specs.push_back(coverage_spec(sources.event->after[i], plan.event->after_alignments[i],
                                      plan.study.event->after[i].rule));
    }
    ServiceRule severity;
    severity.kind = ServiceRule::Kind::share;
    for (std::size_t i = 0; i < sources.event->damage.size(); ++i) {
        const DamageSource& source = sources.event->damage[i];
        if (!source.raster) continue;
        specs.push_back(
            {source.raster, source.from_study, nullptr, plan.event->damage[i].alignment, severity, true});
    }
    return specs;
}

std::size_t layer_count(const Plan& plan) {
    std::size_t count = plan.study.coverage.size();
    if (!plan.event) return count;
    count += plan.study.event->after.size();
    return count +
           static_cast<std::size_t>(std::count_if(plan.event->damage.begin(), plan.event->damage.end(),
                                                  [](const DamageLayer& layer) { return layer.is_raster; }));
}

}  // namespace phusong
