#include "io/text/restoration_json.hpp"

namespace phusong::io {

namespace {

using Json = nlohmann::ordered_json;

}  // namespace

std::string task_word(RestorationTask::Kind kind) {
    switch (kind) {
        case RestorationTask::Kind::site:
            return "site";
        case RestorationTask::Kind::generator:
            return "generator";
        case RestorationTask::Kind::feeder:
            return "feeder";
    }
    return "";
}

Json restoration_json(const Restoration& restoration) {
    const RestorationSchedule& schedule = restoration.schedule;
    return {{"start_hour", restoration.hour},
            {"crews", restoration.crews},
            {"repairs", schedule.repairs.size()},
            {"end_hours", hours_of(schedule.end)},
            {"people_in_the_dark", schedule.in_the_dark.value()},
            {"people_beyond_repair", schedule.beyond_repair.value()},
            {"people_hours", schedule.people_hours.value()},
            {"people_hours_5_50_95",
             {restoration.recovery.low.value(), restoration.recovery.median.value(),
              restoration.recovery.high.value()}},
            {"people_hours_at_least", restoration.bound.value()},
            {"gap", restoration.gap()},
            {"people_hours_of_other_orders",
             {{"listed", restoration.listed.value()},
              {"biggest_first", restoration.biggest_first.value()},
              {"most_people_per_hour_first", restoration.best_rate_first.value()}}}};
}

Json repairs_json(const Restoration& restoration, std::size_t most) {
    Json repairs = Json::array();
    for (const ScheduledRepair& repair : restoration.schedule.repairs) {
        if (repairs.size() == most) break;
        const RestorationTask& task = restoration.tasks[static_cast<std::size_t>(repair.job)];
        repairs.push_back({{"kind", task_word(task.kind)},
                           {"name", task.name},
                           {"sites", task.sites.size()},
                           {"crew", repair.crew + 1},
                           {"start_hours", hours_of(repair.start)},
                           {"end_hours", hours_of(repair.end)},
                           {"people_restored", repair.people.value()},
                           {"people_per_hour", repair.people_per_hour}});
    }
    return repairs;
}

}  // namespace phusong::io
