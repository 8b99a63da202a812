#include "engine/make_event_plan.hpp"

#include <algorithm>
#include <set>
#include <stdexcept>
#include <utility>

#include "engine/errors.hpp"
#include "engine/site_model.hpp"

namespace phusong {

namespace {

std::size_t technology_number(const std::vector<Technology>& technologies, const std::string& name,
                              const std::string& subject) {
    const auto found = std::find_if(technologies.begin(), technologies.end(),
                                    [&](const Technology& t) { return t.name == name; });
    if (found == technologies.end()) {
        throw InputError{subject + ": technology '" + name + "' has no coverage layer in this study"};
    }
    return static_cast<std::size_t>(found - technologies.begin());
}

std::vector<std::size_t> technology_numbers(const std::vector<Technology>& technologies,
                                            const std::vector<std::string>& names,
                                            const std::string& subject) {
    std::vector<std::size_t> numbers;
    numbers.reserve(names.size());
    for (const std::string& name : names) {
        numbers.push_back(technology_number(technologies, name, subject));
    }
    if (names.empty()) {
        for (std::size_t t = 0; t < technologies.size(); ++t) numbers.push_back(t);
    }
    return numbers;
}

bool touches(const Extent& extent, const GridSpec& grid) {
    return extent.west < grid.x_at(grid.columns) && extent.east > grid.x_at(0) &&
           extent.north > grid.y_at(grid.rows) && extent.south < grid.y_at(0);
}

/// On the grid; without rings when it lies elsewhere.
LatticeShape placed(const MultiPolygon& shape, const GridSpec& grid, const std::string& subject) {
    if (shape.parts.empty() || !touches(extent_of(shape), grid)) return {};
    try {
        return on_lattice(shape, grid);
    } catch (const std::out_of_range&) {
        throw InputError{subject + ": a vertex lies more than a million cells outside the population raster"};
    }
}

std::vector<DamageLayer> damage_layers(const Study& study, const Sources& sources,
                                       const std::vector<Technology>& technologies, const GridSpec& grid,
                                       EventPlan& event) {
    std::vector<DamageLayer> layers;
    for (std::size_t i = 0; i < study.event->damage.size(); ++i) {
        const DamageInput& input = study.event->damage[i];
        const DamageSource& source = sources.event->damage[i];
        const std::string subject = "damage '" + source.name + "'";
        DamageLayer layer;
        layer.redundancy = input.redundancy;
        const auto cause = std::find(event.causes.begin(), event.causes.end(), input.cause);
        layer.cause = static_cast<std::size_t>(cause - event.causes.begin());
        if (cause == event.causes.end()) event.causes.push_back(input.cause);
        if (source.raster) {
            layer.is_raster = true;
            layer.alignment = align(grid, {source.name, source.raster, source.from_study, {}, {}, false});
            layer.technologies = technology_numbers(technologies, input.technologies, subject);
        }
        for (const DamageArea& area : source.areas) {
            LatticeShape shape = placed(area.shape, grid, subject);
            if (shape.rings.empty() || area.severity <= 0) continue;
            layer.shapes.push_back({std::move(shape), area.severity,
                                    technology_numbers(technologies, area.technologies, subject)});
        }
        layers.push_back(std::move(layer));
    }
    return layers;
}

void match_after_layers(const Study& study, EventPlan& event) {
    event.seen_after.assign(study.coverage.size(), std::nullopt);
    for (std::size_t i = 0; i < study.event->after.size(); ++i) {
        const CoverageInput& after = study.event->after[i];
        const auto before =
            std::find_if(study.coverage.begin(), study.coverage.end(),
                         [&](const CoverageInput& input) { return input.label() == after.label(); });
        if (before == study.coverage.end()) {
            throw InputError{"coverage after the event '" + after.file.path + "': \"" + after.label() +
                             "\" has no coverage layer before it"};
        }
        auto& seen = event.seen_after[static_cast<std::size_t>(before - study.coverage.begin())];
        if (seen) throw InputError{"coverage after the event: \"" + after.label() + "\" is named twice"};
        seen = i;
    }
}

void place_sites(const Study& study, const SiteTable& table, const EarthSurface& surface,
                 const GridSpec& grid, EventPlan& event, Problems& problems) {
    event.sites = table;
    std::vector<SiteArea> areas;
    std::set<std::string> without_layer;
    for (const SiteRecord& site : table.sites) {
        areas.push_back({site.position, site.radius_m,
                         placed(site.footprint, grid, "sites '" + table.name + "', site " + site.id)});
        std::vector<std::size_t> layers;
        for (const std::string& technology : site.technologies) {
            const std::size_t before = layers.size();
            for (std::size_t layer = 0; layer < study.coverage.size(); ++layer) {
                const CoverageInput& input = study.coverage[layer];
                const bool same_operator = input.operator_name.empty() || site.operator_name.empty() ||
                                           input.operator_name == site.operator_name;
                if (input.technology == technology && same_operator) layers.push_back(layer);
            }
            if (layers.size() == before) {
                without_layer.insert(technology + (site.operator_name.empty() ? "" : " ") +
                                     site.operator_name);
            }
        }
        std::sort(layers.begin(), layers.end());
        event.site_layers.push_back(std::move(layers));
    }
    for (const std::string& label : without_layer) {
        problems.push_back({"sites '" + table.name + "'",
                            "\"" + label + "\" has no coverage layer in this study; its loss is not counted",
                            std::nullopt});
    }
    event.reach = SiteReach{grid, surface, std::move(areas)};
    for (const SiteOutcome& outcome : observed_outcomes(table, study.event->share_with_generators)) {
        event.site_alive.push_back(outcome.alive);
    }
}

/// Which layers can differ after the event get a second place in the state.
void give_after_layers(const Study& study, const std::vector<Technology>& technologies, EventPlan& event) {
    std::vector<bool> touched(study.coverage.size(), false);
    for (std::size_t layer = 0; layer < touched.size(); ++layer) {
        touched[layer] = event.seen_after[layer].has_value();
    }
    const auto touch = [&](const std::vector<std::size_t>& hit) {
        for (const std::size_t t : hit) {
            for (const std::size_t layer : technologies[t].layers) touched[layer] = true;
        }
    };
    for (const DamageLayer& layer : event.damage) {
        if (layer.is_raster) touch(layer.technologies);
        for (const DamageShape& shape : layer.shapes) touch(shape.technologies);
    }
    for (const auto& layers : event.site_layers) {
        for (const std::size_t layer : layers) touched[layer] = true;
    }
    std::size_t next = study.coverage.size();
    for (const bool is : touched) {
        event.after_layer.push_back(is ? std::optional{next} : std::nullopt);
        if (is) ++next;
    }
    if (next > ServiceState::most_layers) {
        throw LimitError{"the study has " + std::to_string(study.coverage.size()) +
                         " coverage layers and its event can change " +
                         std::to_string(next - study.coverage.size()) +
                         " of them; at most 32 in all fit into one pass, split the study"};
    }
}

std::vector<LossQuestion> loss_questions(const Study& study, const std::vector<Technology>& technologies) {
    std::vector<LossQuestion> questions(1);
    questions.front().name = "mobile";
    std::vector<std::size_t>& mobile = questions.front().layers;
    for (std::size_t layer = 0; layer < study.coverage.size(); ++layer) {
        if (is_mobile(study.coverage[layer].technology)) mobile.push_back(layer);
    }
    const bool has_mobile = !mobile.empty();
    if (!has_mobile) {
        questions.front().name = "service";
        for (std::size_t layer = 0; layer < study.coverage.size(); ++layer) mobile.push_back(layer);
    }
    for (const Technology& technology : technologies) {
        questions.push_back({LossQuestion::Kind::technology, technology.name, technology.layers});
    }
    std::vector<LossQuestion> operators;
    for (std::size_t layer = 0; layer < study.coverage.size(); ++layer) {
        const CoverageInput& input = study.coverage[layer];
        if (input.operator_name.empty() || (has_mobile && !is_mobile(input.technology))) continue;
        auto own = std::find_if(operators.begin(), operators.end(),
                                [&](const LossQuestion& q) { return q.name == input.operator_name; });
        if (own == operators.end()) {
            operators.push_back({LossQuestion::Kind::mobile_of_operator, input.operator_name, {}});
            own = operators.end() - 1;
        }
        own->layers.push_back(layer);
    }
    questions.insert(questions.end(), operators.begin(), operators.end());
    return questions;
}

}  // namespace

std::optional<EventPlan> make_event_plan(const Study& study, const Sources& sources,
                                         const std::vector<Technology>& technologies,
                                         const GridSpec& study_grid, Problems& problems) {
    if (!study.event || !sources.event) return std::nullopt;
    EventPlan event;
    match_after_layers(study, event);
    for (const CoverageSource& after : sources.event->after) {
        event.after_alignments.push_back(align(study_grid, after));
    }
    event.damage = damage_layers(study, sources, technologies, study_grid, event);
    if (sources.event->sites) {
        place_sites(study, *sources.event->sites, sources.surface, study_grid, event, problems);
    }
    give_after_layers(study, technologies, event);
    event.questions = loss_questions(study, technologies);
    return event;
}

std::optional<DeadZoneDefinition> lost_definition(const std::vector<DeadZoneDefinition>& definitions,
                                                  const EventPlan& event) {
    for (const DeadZoneDefinition& definition : definitions) {
        const auto& layers = definition.rule.layers;
        if (std::none_of(layers.begin(), layers.end(),
                         [&](std::size_t layer) { return event.after_layer[layer].has_value(); })) {
            continue;
        }
        DeadZoneDefinition lost = definition;
        lost.input.name += "_lost";
        lost.rule.layers_after = event.after(layers);
        return lost;
    }
    return std::nullopt;
}

}  // namespace phusong
