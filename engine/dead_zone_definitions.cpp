#include <algorithm>

#include "engine/dead_zones.hpp"
#include "engine/errors.hpp"

namespace phusong {

namespace {

DeadZoneInput default_input(const std::vector<Technology>& technologies) {
    DeadZoneInput input;
    input.name = "no_mobile";
    for (const Technology& technology : technologies) {
        if (technology.name == "4g" || technology.name == "5g") input.technologies.push_back(technology.name);
    }
    if (!input.technologies.empty()) return input;
    input.name = "no_service";
    for (const Technology& technology : technologies) input.technologies.push_back(technology.name);
    return input;
}

}  // namespace

std::vector<DeadZoneDefinition> dead_zone_definitions(const Study& study,
                                                      const std::vector<Technology>& technologies) {
    std::vector<DeadZoneDefinition> definitions;
    const std::vector<DeadZoneInput> inputs =
        study.dead_zones ? *study.dead_zones : std::vector{default_input(technologies)};
    for (const DeadZoneInput& input : inputs) {
        DeadZoneDefinition definition;
        definition.input = input;
        definition.rule.corners_join = input.connectivity == 8;
        definition.rule.populated_only = input.populated_only;
        for (const std::string& name : input.technologies) {
            const auto found = std::find_if(technologies.begin(), technologies.end(),
                                            [&](const Technology& t) { return t.name == name; });
            if (found == technologies.end()) {
                throw InputError{"dead zones '" + input.name + "': technology '" + name +
                                 "' has no coverage layer in this study"};
            }
            definition.technologies.push_back(static_cast<std::size_t>(found - technologies.begin()));
            definition.rule.layers.insert(definition.rule.layers.end(), found->layers.begin(),
                                          found->layers.end());
        }
        definitions.push_back(std::move(definition));
    }
    return definitions;
}

}  // namespace phusong
