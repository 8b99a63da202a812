#include "tools/phusong/restoration_summary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "io/text/restoration_json.hpp"
#include "tools/phusong/display.hpp"

namespace phusong::cli {

namespace {

std::string hours_text(PeopleHours hours) {
    return people_text(Persons::round(hours.value()));
}

std::string name_of(const RestorationTask& task) {
    std::string name = io::task_word(task.kind) + ' ' + printable(task.name);
    if (task.kind == RestorationTask::Kind::feeder) name += fmt::format(" ({} sites)", task.sites.size());
    return name;
}

std::string repair_lines(const Restoration& restoration, std::size_t most) {
    std::vector<std::array<std::string, 4>> rows;
    std::array<std::size_t, 4> widths{};
    for (const ScheduledRepair& repair : restoration.schedule.repairs) {
        if (rows.size() == most || repair.brings_nobody()) break;
        const RestorationTask& task = restoration.tasks[static_cast<std::size_t>(repair.job)];
        rows.push_back({name_of(task), fmt::format("{:.1f}", hours_of(repair.end)),
                        people_text(repair.people), people_text(Persons::round(repair.people_per_hour))});
        for (std::size_t i = 0; i < widths.size(); ++i) {
            widths[i] = std::max(widths[i], display_width(rows.back()[i]));
        }
    }
    std::string out;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        out += fmt::format("  {:>3} {} done after {} h, {} people back, {} an hour of its bundle\n", i + 1,
                           padded(rows[i][0], widths[0]), padded_left(rows[i][1], widths[1]),
                           padded_left(rows[i][2], widths[2]), padded_left(rows[i][3], widths[3]));
    }
    return out;
}

std::string saving_text(const Restoration& restoration, const char* order, PeopleHours other) {
    const double saved = other.value() - restoration.schedule.people_hours.value();
    const double part = other == PeopleHours{} ? 0 : 100 * saved / other.value();
    return fmt::format("{} than {} ({:.1f} %)",
                       people_text(Persons::round(std::abs(saved))) + (saved < 0 ? " more" : " fewer"), order,
                       std::abs(part));
}

}  // namespace

std::string restoration_text(const Restoration& restoration, std::size_t most_repairs) {
    const RestorationSchedule& schedule = restoration.schedule;
    const std::size_t repairs = schedule.repairs.size();
    if (repairs == 0) return "Restoration: nothing that repairs could mend is likely broken\n";
    std::string out = fmt::format(
        "Restoration from hour {:g} on, {} crew{}, {} repairs in {:.0f} h; {} people in the dark come "
        "back{}:\n",
        restoration.hour, restoration.crews, restoration.crews == 1 ? "" : "s", repairs,
        hours_of(schedule.end), people_text(schedule.in_the_dark),
        schedule.beyond_repair > Persons{}
            ? ", " + people_text(schedule.beyond_repair) + " are beyond these repairs"
            : "");
    out += repair_lines(restoration, most_repairs);
    out += fmt::format(
        "  {} people-hours in the dark ({} to {} over scenarios), no order leaves fewer than {}: "
        "gap {:.1f} %\n",
        hours_text(schedule.people_hours), hours_text(restoration.recovery.low),
        hours_text(restoration.recovery.high), hours_text(restoration.bound), 100 * restoration.gap());
    out += "  " + saving_text(restoration, "in the listed order", restoration.listed) + ", " +
           saving_text(restoration, "biggest first", restoration.biggest_first) + ", " +
           saving_text(restoration, "most people an hour first", restoration.best_rate_first) + '\n';
    return out;
}

}  // namespace phusong::cli
