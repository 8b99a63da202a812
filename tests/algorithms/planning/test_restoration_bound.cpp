#include "algorithms/planning/restoration_bound.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>
#include <vector>

#include "algorithms/planning/restoration_order.hpp"
#include "algorithms/planning/restoration_relaxation.hpp"
#include "tests/algorithms/planning/restoration_cases.hpp"

namespace phusong::test {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using Sites = std::vector<SiteNumber>;

PeopleHours bound_by(const RestorationProblem& problem, const std::vector<JobNumber>& order,
                     std::int32_t crews) {
    return people_hours_bound(problem, crews, schedule_repairs(problem, order, crews));
}

}  // namespace

TEST_CASE("One mast is bounded by its own job as a whole") {
    DamageCase damage{{{"mast", {}}}, {}, {repair_of_site(0, hours{10})}, {}};
    damage.groups.add(0, Sites{0}, Persons::round(60));
    const PeopleHours bound = bound_by(damage.problem(), {0}, 1);
    CHECK(bound <= PeopleHours::round(600));
    CHECK(bound > PeopleHours::round(590));
    CHECK(gap(PeopleHours::round(600), bound) < 0.02);
}

TEST_CASE("Nobody in the dark is bounded by nothing, without a gap") {
    CHECK(bound_by(DamageCase{}.problem(), {}, 1) == PeopleHours{});
    CHECK(gap(PeopleHours{}, PeopleHours{}) == 0);
}

TEST_CASE("Values of jobs are at least what any set of them brings back") {
    std::mt19937 random{21};
    for (int i = 0; i < 80; ++i) {
        const DamageCase damage = random_damage(random, 2 + random() % 9, 8);
        const RestorationProblem problem = damage.problem();
        RestorationRelaxation relaxation{problem, 1};
        const std::vector<Persons> served = served_after_all_sets(damage);
        REQUIRE(relaxation.in_the_dark() == (served.back() - served.front()).units());
        for (const int steps : {1, 5, 40}) {
            const JobValues values = relaxation.values_for(minutes{100000}, 0, steps);
            for (std::size_t set = 0; set < served.size(); ++set) {
                WideInteger people = values.constant;
                for (std::size_t job = 0; job < damage.jobs.size(); ++job) {
                    if ((set >> job & 1U) != 0) people += values.of_job[job];
                }
                REQUIRE(people >= (served[set] - served.front()).units());
            }
        }
    }
}

TEST_CASE("No order of one crew beats the bound, and the bound is not far") {
    std::mt19937 random{22};
    for (const bool plain : {true, false}) {
        double sum = 0;
        int cases = 0;
        for (int i = 0; i < 50; ++i) {
            const DamageCase damage = random_damage(random, 2 + random() % 9, 10, plain);
            const RestorationProblem problem = damage.problem();
            const PeopleHours least = least_people_hours(damage);
            // Whatever schedule it is guided by.
            REQUIRE(bound_by(problem, listed_order(problem), 1) <= least);
            const PeopleHours bound = bound_by(problem, restoration_order(problem, 1), 1);
            REQUIRE(bound <= least);
            REQUIRE(bound >= PeopleHours{});
            if (least == PeopleHours{}) continue;
            sum += bound / least;
            ++cases;
        }
        REQUIRE(cases > 30);
        CHECK(sum / cases > (plain ? 0.75 : 0.6));
    }
}

TEST_CASE("No list of several crews beats the bound") {
    std::mt19937 random{23};
    for (int i = 0; i < 25; ++i) {
        const DamageCase damage = random_damage(random, 5, 6);
        const RestorationProblem problem = damage.problem();
        for (const std::int32_t crews : {2, 3}) {
            const PeopleHours bound = bound_by(problem, restoration_order(problem, crews), crews);
            std::vector<JobNumber> order = listed_order(problem);
            do {
                REQUIRE(bound <= schedule_repairs(problem, order, crews).people_hours);
            } while (std::ranges::next_permutation(order).found);
        }
    }
}

}  // namespace phusong::test
