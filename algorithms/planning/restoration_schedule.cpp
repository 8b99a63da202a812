#include "algorithms/planning/restoration_schedule.hpp"

#include <algorithm>
#include <cassert>
#include <functional>
#include <numeric>
#include <queue>
#include <utility>

#include "algorithms/planning/restoration_progress.hpp"

namespace phusong {
namespace {

using std::chrono::minutes;

std::vector<ScheduledRepair> assign_crews(const RestorationProblem& problem, std::span<const JobNumber> order,
                                          std::int32_t crews) {
    using Free = std::pair<minutes, std::int32_t>;
    std::priority_queue<Free, std::vector<Free>, std::greater<>> free;
    for (std::int32_t crew = 0; crew < crews; ++crew) free.emplace(minutes{0}, crew);
    std::vector<ScheduledRepair> repairs;
    repairs.reserve(order.size());
    for (const JobNumber job : order) {
        const auto [start, crew] = free.top();
        free.pop();
        ScheduledRepair& repair = repairs.emplace_back();
        repair.job = job;
        repair.crew = crew;
        repair.start = start;
        repair.end = start + problem.duration(job);
        free.emplace(repair.end, crew);
    }
    return repairs;
}

/// One crew follows the list: what each bundle is worth.
void rate_bundles(const RestorationProblem& problem, std::vector<ScheduledRepair>& repairs) {
    SiteProgress progress{problem};
    ServedPeople served{problem, progress};
    std::size_t first = 0;
    minutes work{0};
    for (std::size_t i = 0; i < repairs.size(); ++i) {
        const SiteProgress::Moment before = progress.now();
        progress.finish(repairs[i].job);
        work += problem.duration(repairs[i].job);
        const Persons people = served.bring_on(progress.came_on_since(before));
        if (people == Persons{}) continue;
        const double rate = people.value() / (static_cast<double>(work.count()) / 60);
        for (; first <= i; ++first) repairs[first].people_per_hour = rate;
        work = minutes{0};
    }
}

}  // namespace

PeopleHours people_hours_of(WideInteger person_minutes) {
    assert(person_minutes >= 0);
    constexpr auto per_unit =
        static_cast<WideInteger>(60 * (Persons::units_per_one / PeopleHours::units_per_one));
    const WideInteger units = (2 * person_minutes + per_unit) / (2 * per_unit);
    if (units >= WideInteger{1} << 62) throw QuantityOverflow{PeopleHoursTag::overflow_message};
    return PeopleHours::of_units(static_cast<std::int64_t>(units));
}

RestorationSchedule schedule_repairs(const RestorationProblem& problem, std::span<const JobNumber> order,
                                     std::int32_t crews) {
    assert(order.size() == problem.job_count() && crews > 0);
    RestorationSchedule schedule;
    schedule.repairs = assign_crews(problem, order, crews);
    rate_bundles(problem, schedule.repairs);

    std::vector<std::size_t> by_end(order.size());
    std::iota(by_end.begin(), by_end.end(), std::size_t{0});
    std::ranges::stable_sort(by_end, {}, [&](std::size_t i) { return schedule.repairs[i].end; });

    SiteProgress progress{problem};
    ServedPeople served{problem, progress};
    schedule.curve.push_back({minutes{0}, served.people()});
    WideInteger person_minutes = 0;
    for (const std::size_t i : by_end) {
        ScheduledRepair& repair = schedule.repairs[i];
        const SiteProgress::Moment before = progress.now();
        progress.finish(repair.job);
        repair.people = served.bring_on(progress.came_on_since(before));
        schedule.in_the_dark += repair.people;
        schedule.end = repair.end;
        if (repair.people == Persons{}) continue;
        person_minutes += WideInteger{repair.people.units()} * repair.end.count();
        if (schedule.curve.back().time != repair.end) schedule.curve.push_back({repair.end, {}});
        schedule.curve.back().served = served.people();
    }
    schedule.people_hours = people_hours_of(person_minutes);
    for (std::size_t group = 0; group < problem.group_count(); ++group) {
        const auto number = static_cast<std::int32_t>(group);
        if (!served.served(number)) schedule.beyond_repair += problem.people(number);
    }
    return schedule;
}

}  // namespace phusong
