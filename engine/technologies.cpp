#include "engine/technologies.hpp"

#include <algorithm>

namespace phusong {

std::vector<Technology> technologies_of(const Study& study) {
    std::vector<Technology> technologies;
    for (std::size_t layer = 0; layer < study.coverage.size(); ++layer) {
        const CoverageInput& input = study.coverage[layer];
        auto found = std::find_if(technologies.begin(), technologies.end(),
                                  [&](const Technology& t) { return t.name == input.technology; });
        if (found == technologies.end()) {
            technologies.push_back({input.technology, input.meaning, {}, false});
            found = technologies.end() - 1;
        }
        found->layers.push_back(layer);
    }
    for (Technology& technology : technologies) {
        technology.by_share = technology.layers.size() == 1 &&
                              study.coverage[technology.layers.front()].rule.kind == ServiceRule::Kind::share;
    }
    return technologies;
}

bool is_mobile(const std::string& technology) {
    return technology.size() == 2 && technology[0] >= '2' && technology[0] <= '9' && technology[1] == 'g';
}

std::vector<Combination> combinations_of(const std::vector<Technology>& technologies) {
    std::vector<Combination> combinations;
    std::vector<std::size_t> mobile;
    std::vector<std::size_t> all;
    for (const Technology& technology : technologies) {
        all.insert(all.end(), technology.layers.begin(), technology.layers.end());
        if (is_mobile(technology.name)) {
            mobile.insert(mobile.end(), technology.layers.begin(), technology.layers.end());
        }
    }
    if (!mobile.empty()) {
        combinations.push_back({"no_mobile", "no mobile service at all", {}, mobile});
    }
    if (technologies.size() > 1) {
        combinations.push_back({"no_service", "none of the technologies", {}, all});
    }
    for (std::size_t i = 0; i + 1 < technologies.size(); ++i) {
        const Technology& with = technologies[i];
        const Technology& without = technologies[i + 1];
        combinations.push_back({with.name + "_without_" + without.name,
                                with.name + " without " + without.name, with.layers, without.layers});
    }
    return combinations;
}

}  // namespace phusong
