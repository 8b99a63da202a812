#include "algorithms/planning/restoration_scenarios.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>
#include <vector>

#include "algorithms/planning/restoration_order.hpp"
#include "algorithms/support/nearest_rank.hpp"
#include "tests/algorithms/planning/restoration_cases.hpp"

namespace phusong::test {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using Sites = std::vector<SiteNumber>;

/// People served at a time in one scenario, from the definition.
Persons served_in(const DamageCase& damage, const RestorationProblem& problem,
                  const RestorationSchedule& schedule, const DamageScenarios& scenarios, std::size_t scenario,
                  minutes time) {
    const auto ended = [&](JobNumber job) {
        return std::ranges::any_of(schedule.repairs, [&](const ScheduledRepair& repair) {
            return repair.job == job && repair.end <= time;
        });
    };
    // A job a site that is done when the site works: the definition of a state without feeders.
    DamageCase state = damage;
    state.jobs.clear();
    state.power_zones.clear();
    std::vector<bool> works;
    for (std::size_t i = 0; i < damage.sites.size(); ++i) {
        const auto site = static_cast<SiteNumber>(i);
        const JobNumber own = problem.own_job(site);
        const JobNumber feeder = problem.feeder_job(site);
        const bool planned = scenarios.repaired[i] <= time;
        const bool structure = own != no_job ? ended(own) : planned;
        const bool power = feeder != no_job ? ended(feeder) : structure;
        works.push_back((!scenarios.structure.test(i, scenario) || structure) &&
                        (!scenarios.power.test(i, scenario) || power));
        state.jobs.push_back(repair_of_site(site, minutes{1}));
    }
    return served_after(state, works);
}

}  // namespace

TEST_CASE("What is certain to have failed gives the schedule's own curve") {
    std::mt19937 random{31};
    for (int i = 0; i < 40; ++i) {
        const DamageCase damage = random_damage(random, 8, 9);
        const RestorationProblem problem = damage.problem();
        DamageScenarios scenarios{{problem.site_count(), 3}, {problem.site_count(), 3}, {}};
        for (std::size_t site = 0; site < problem.site_count(); ++site) {
            for (const std::size_t scenario : {0U, 1U, 2U}) {
                const auto number = static_cast<SiteNumber>(site);
                if (problem.own_job(number) != no_job) scenarios.structure.set(site, scenario);
                if (problem.feeder_job(number) != no_job) scenarios.power.set(site, scenario);
            }
        }
        const RestorationSchedule schedule = schedule_repairs(problem, restoration_order(problem, 2), 2);
        const ScenarioRecovery recovery = scenario_recovery(problem, schedule, scenarios);
        REQUIRE(recovery.curve.size() == schedule.curve.size());
        for (std::size_t k = 0; k < schedule.curve.size(); ++k) {
            const auto [time, served] = schedule.curve[k];
            REQUIRE(recovery.curve[k] == RecoverySpread{time, served, served, served});
        }
        REQUIRE(recovery.low == schedule.people_hours);
        REQUIRE(recovery.high == schedule.people_hours);
    }
}

TEST_CASE("A job that is not needed keeps its time, and what nobody plans waits for its own repair") {
    // Two masts with 100 and 30 people and jobs of 2 h and 3 h; a third with 10 people that nobody knew of.
    DamageCase damage{{{"a", {}}, {"b", {}}, {"c", {}}},
                      {},
                      {repair_of_site(0, hours{2}), repair_of_site(1, hours{3})},
                      {}};
    damage.groups.add(0, Sites{0}, Persons::round(100));
    damage.groups.add(0, Sites{1}, Persons::round(30));
    damage.groups.add(0, Sites{2}, Persons::round(10));
    const RestorationProblem problem = damage.problem();
    DamageScenarios scenarios{{3, 1}, {3, 1}, {never_repaired, never_repaired, hours{4}}};
    scenarios.structure.set(1, 0);  // mast a stands after all
    scenarios.power.set(2, 0);
    const RestorationSchedule schedule = schedule_repairs(problem, std::vector<JobNumber>{0, 1}, 1);
    const ScenarioRecovery recovery = scenario_recovery(problem, schedule, scenarios);
    const auto all = [](minutes time, double people) {
        const Persons served = Persons::round(people);
        return RecoverySpread{time, served, served, served};
    };
    CHECK(recovery.curve ==
          std::vector<RecoverySpread>{all(hours{0}, 100), all(hours{4}, 110), all(hours{5}, 140)});
    CHECK(recovery.median == PeopleHours::round(30 * 5 + 10 * 4));

    scenarios.repaired.clear();  // and nobody ever repairs it
    CHECK(scenario_recovery(problem, schedule, scenarios).median == PeopleHours::round(30 * 5 + 10 * 5));
}

TEST_CASE("Sixty-four scenarios at a time are as many scenarios one by one") {
    std::mt19937 random{32};
    for (int i = 0; i < 12; ++i) {
        const DamageCase damage = random_damage(random, 9, 8);
        const RestorationProblem problem = damage.problem();
        const std::size_t count = 1 + random() % 100;
        DamageScenarios scenarios{{problem.site_count(), count}, {problem.site_count(), count}, {}};
        for (std::size_t site = 0; site < problem.site_count(); ++site) {
            scenarios.repaired.push_back(minutes{random() % 3000});
            for (std::size_t scenario = 0; scenario < count; ++scenario) {
                if (random() % 2 == 0) scenarios.structure.set(site, scenario);
                if (random() % 3 == 0) scenarios.power.set(site, scenario);
            }
        }
        const RestorationSchedule schedule = schedule_repairs(problem, listed_order(problem), 2);
        const ScenarioRecovery recovery = scenario_recovery(problem, schedule, scenarios);
        for (std::size_t k = 0; k < recovery.curve.size(); ++k) {
            std::vector<Persons> people;
            for (std::size_t scenario = 0; scenario < count; ++scenario) {
                people.push_back(
                    served_in(damage, problem, schedule, scenarios, scenario, recovery.curve[k].time));
            }
            std::ranges::sort(people);
            REQUIRE(recovery.curve[k].low == people[nearest_rank(5, count)]);
            REQUIRE(recovery.curve[k].median == people[nearest_rank(50, count)]);
            REQUIRE(recovery.curve[k].high == people[nearest_rank(95, count)]);
        }
        REQUIRE(recovery.low <= recovery.median);
        REQUIRE(recovery.median <= recovery.high);
    }
}

}  // namespace phusong::test
