#include "engine/recorded_services.hpp"

#include <algorithm>
#include <cstddef>
#include <span>

namespace phusong {

namespace {

std::vector<Service> answers_of(const TileRecord& record, std::span<const std::size_t> layers) {
    std::vector<Service> services;
    services.reserve(record.study_window.cell_count());
    for (const TileRecord::StateRun& run : record.states) {
        services.insert(services.end(), static_cast<std::size_t>(run.end - run.first),
                        any_of(run.state, layers));
    }
    return services;
}

}  // namespace

ServiceTile recorded_services(const Plan& plan, const TileRecord& record) {
    ServiceTile services{record.study_window, {}, {}};
    for (const Technology& technology : plan.technologies) {
        services.of_technology.push_back(answers_of(record, technology.layers));
        if (plan.event) {
            services.after.push_back(answers_of(record, plan.event->after(technology.layers)));
        }
    }
    return services;
}

}  // namespace phusong
