#include "engine/plan_fingerprint.hpp"

#include "engine/layer_spec.hpp"

namespace phusong {

namespace {

/// One more whenever a pass makes other sums, patches or records of the same inputs.
constexpr std::uint64_t pass_version = 2;

void add_grid(const GridSpec& grid, Fingerprint& print) {
    print.add(grid.origin_x);
    print.add(grid.origin_y);
    print.add(grid.cell_width);
    print.add(grid.cell_height);
    print.add(grid.rows);
    print.add(grid.columns);
}

void add_numbers(const std::vector<std::size_t>& numbers, Fingerprint& print) {
    print.add(std::uint64_t{numbers.size()});
    for (const std::size_t number : numbers) print.add(std::uint64_t{number});
}

void add_optional(const std::vector<std::optional<std::size_t>>& numbers, Fingerprint& print) {
    print.add(std::uint64_t{numbers.size()});
    for (const auto& number : numbers) print.add(number ? std::uint64_t{*number} + 1 : std::uint64_t{0});
}

void add_layer(const LayerSpec& layer, Fingerprint& print) {
    print.add(static_cast<std::int32_t>(layer.rule.kind));
    print.add(layer.rule.threshold_dbm);
    print.add(layer.rule.full_value);
    for (const auto* values : {&layer.rule.served, &layer.rule.unserved}) {
        print.add(std::uint64_t{values->size()});
        for (const double value : *values) print.add(value);
    }
    print.add(std::int32_t{layer.nothing_outside ? 1 : 0});
    print.add(std::int32_t{layer.raster ? 1 : 0});
    if (!layer.raster) return;
    add_grid(layer.raster->description().grid, print);
    print.add(layer.raster->description().crs);
    print.add(layer.from_study ? layer.from_study->operation() : std::string{});
}

void add_sites(const Plan& plan, const Sources& sources, Fingerprint& print) {
    if (!sources.event->sites) return;
    const EventPlan& event = *plan.event;
    for (std::size_t i = 0; i < sources.event->sites->sites.size(); ++i) {
        const SiteRecord& site = sources.event->sites->sites[i];
        print.add(site.id);
        print.add(site.position.x);
        print.add(site.position.y);
        print.add(site.radius_m);
        if (!site.footprint.parts.empty()) add_shape(on_lattice(site.footprint, plan.study_grid), print);
        print.add(static_cast<std::int32_t>(event.site_alive[i]));
        add_numbers(event.site_layers[i], print);
    }
}

/// Of an event; scenarios are drawn afterwards.
void add_event(const Plan& plan, const Sources& sources, Fingerprint& print) {
    const EventPlan& event = *plan.event;
    add_optional(event.after_layer, print);
    add_optional(event.seen_after, print);
    for (const CoverageInput& after : plan.study.event->after) print.add(after.label());
    print.add(std::uint64_t{event.damage.size()});
    for (const DamageLayer& layer : event.damage) {
        print.add(std::int32_t{layer.is_raster ? 1 : 0});
        print.add(std::uint64_t{layer.cause});
        print.add(layer.redundancy);
        add_numbers(layer.technologies, print);
    }
    for (const LossQuestion& question : event.questions) add_numbers(question.layers, print);
    add_sites(plan, sources, print);
}

}  // namespace

void add_shape(const LatticeShape& shape, Fingerprint& print) {
    print.add(std::uint64_t{shape.rings.size()});
    for (const auto& ring : shape.rings) {
        print.add(std::uint64_t{ring.size()});
        for (const LatticePoint& point : ring) {
            print.add(point.x);
            print.add(point.y);
        }
    }
}

std::uint64_t pass_fingerprint_of(const Plan& plan, const Sources& sources) {
    Fingerprint print;
    print.add(pass_version);
    add_grid(plan.study_grid, print);
    print.add(sources.population->description().crs);
    print.add(plan.refine);
    print.add(static_cast<std::int32_t>(plan.study.population.values));
    for (const CoverageInput& input : plan.study.coverage) print.add(input.label());
    for (const LayerSpec& layer : layer_specs(plan, sources)) add_layer(layer, print);
    // Where dead zones wait for the tile next door depends on how the grid is cut.
    const Window first = plan.tiling.size() == 0 ? Window{} : plan.tiling[0];
    print.add(first.rows);
    print.add(first.columns);
    print.add(std::uint64_t{plan.dead_zones.size()});
    for (const DeadZoneDefinition& definition : plan.dead_zones) {
        add_numbers(definition.rule.layers, print);
        add_numbers(definition.rule.layers_after, print);
        print.add(std::int32_t{definition.rule.corners_join ? 1 : 0});
        print.add(std::int32_t{definition.rule.populated_only ? 1 : 0});
    }
    if (plan.event) add_event(plan, sources, print);
    print.add(std::uint64_t{plan.zones.size()});
    for (std::size_t i = 0; i < plan.zones.size(); ++i) {
        add_shape(plan.zone_index.shape(static_cast<ZoneNumber>(i)), print);
    }
    return print.value();
}

std::uint64_t fingerprint_of(const Plan& plan) {
    Fingerprint print;
    print.add(plan.pass_fingerprint);
    for (const DeadZoneDefinition& definition : plan.dead_zones) {
        print.add(definition.input.name);
        print.add(definition.input.minimum_people);
        print.add(definition.input.minimum_area_km2);
    }
    if (plan.event) {
        for (const DamageLayer& layer : plan.event->damage) {
            for (const DamageShape& shape : layer.shapes) {
                print.add(shape.severity);
                add_numbers(shape.technologies, print);
                add_shape(shape.shape, print);
            }
        }
    }
    for (const Zone& zone : plan.zones) {
        print.add(zone.code);
        print.add(zone.official_people.value_or(-1));
    }
    return print.value();
}

}  // namespace phusong
