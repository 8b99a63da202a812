#include "algorithms/planning/restoration_order.hpp"

#include <algorithm>
#include <chrono>
#include <numeric>

#include "algorithms/planning/restoration_greedy.hpp"
#include "algorithms/planning/restoration_progress.hpp"
#include "algorithms/planning/restoration_schedule.hpp"
#include "algorithms/quantities/wide_integer.hpp"

namespace phusong {
namespace {

/// People in the dark within the job's reach, in units, as often as sites reach them.
std::vector<WideInteger> people_in_reach(const RestorationProblem& problem) {
    const SiteProgress progress{problem};
    const ServedPeople served{problem, progress};
    std::vector<WideInteger> people(problem.job_count());
    for (std::size_t job = 0; job < people.size(); ++job) {
        for (const SiteNumber site : problem.sites_of(static_cast<JobNumber>(job))) {
            for (const std::int32_t group : problem.groups_of(site)) {
                if (!served.served(group)) people[job] += problem.people(group).units();
            }
        }
    }
    return people;
}

}  // namespace

std::vector<JobNumber> listed_order(const RestorationProblem& problem) {
    std::vector<JobNumber> order(problem.job_count());
    std::iota(order.begin(), order.end(), JobNumber{0});
    return order;
}

std::vector<JobNumber> biggest_first_order(const RestorationProblem& problem) {
    const std::vector<WideInteger> people = people_in_reach(problem);
    std::vector<JobNumber> order = listed_order(problem);
    std::ranges::stable_sort(order,
                             [&](JobNumber a, JobNumber b) { return people[place(a)] > people[place(b)]; });
    return order;
}

std::vector<JobNumber> best_rate_first_order(const RestorationProblem& problem) {
    const std::vector<WideInteger> people = people_in_reach(problem);
    std::vector<JobNumber> order = listed_order(problem);
    std::ranges::stable_sort(order, [&](JobNumber a, JobNumber b) {
        return people[place(a)] * problem.duration(b).count() >
               people[place(b)] * problem.duration(a).count();
    });
    return order;
}

std::vector<JobNumber> restoration_order(const RestorationProblem& problem, std::int32_t crews) {
    std::vector<JobNumber> greedy = greedy_order(problem);
    std::vector<JobNumber> improved = improved_order(problem, greedy);
    const bool better = schedule_repairs(problem, improved, crews).people_hours <
                        schedule_repairs(problem, greedy, crews).people_hours;
    return better ? improved : greedy;
}

}  // namespace phusong
