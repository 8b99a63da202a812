#include "algorithms/planning/restoration_schedule.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <numeric>
#include <random>
#include <string>
#include <vector>

#include "tests/algorithms/planning/restoration_cases.hpp"

namespace phusong::test {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using Jobs = std::vector<JobNumber>;
using Sites = std::vector<SiteNumber>;
using Fault = RepairJobError::Fault;

Fault fault_of(const DamageCase& damage, JobNumber job, const std::string& named) {
    try {
        static_cast<void>(damage.problem());
    } catch (const RepairJobError& error) {
        CHECK(error.job() == job);
        CHECK_THAT(error.what(), Catch::Contains(named));
        return error.fault();
    }
    FAIL("accepted");
    return Fault::no_duration;
}

/// Two masts; 100 people reach both, 30 the second only, 7 none.
DamageCase two_masts() {
    DamageCase damage{
        {{"a", {}}, {"b", {}}}, {}, {repair_of_site(0, hours{2}), repair_of_site(1, hours{3})}, {}};
    damage.groups.add(0, Sites{0, 1}, Persons::round(100));
    damage.groups.add(1, Sites{1}, Persons::round(30));
    damage.groups.add(1, Sites{}, Persons::round(7));
    return damage;
}

}  // namespace

TEST_CASE("People come back once, at the end of the first job that serves them") {
    const RestorationProblem problem = two_masts().problem();
    const RestorationSchedule schedule = schedule_repairs(problem, Jobs{0, 1}, 1);
    REQUIRE(schedule.repairs.size() == 2);
    CHECK(schedule.repairs[0] == ScheduledRepair{0, 0, hours{0}, hours{2}, Persons::round(100), 50});
    CHECK(schedule.repairs[1] == ScheduledRepair{1, 0, hours{2}, hours{5}, Persons::round(30), 10});
    CHECK(schedule.curve == std::vector<RecoveryStep>{{hours{0}, {}},
                                                      {hours{2}, Persons::round(100)},
                                                      {hours{5}, Persons::round(130)}});
    CHECK(schedule.end == hours{5});
    CHECK(schedule.in_the_dark == Persons::round(130));
    CHECK(schedule.beyond_repair == Persons::round(7));
    CHECK(schedule.people_hours == PeopleHours::round(100 * 2 + 30 * 5));

    const RestorationSchedule other = schedule_repairs(problem, Jobs{1, 0}, 1);
    CHECK(other.people_hours == PeopleHours::round(130 * 3));
    CHECK(other.repairs[1].brings_nobody());
    CHECK(other.curve.size() == 2);
}

TEST_CASE("A job starts when a crew is free, in the order of the list") {
    //  crew 0: aaaaa           a = 5 h, b = 2 h, c = 1 h, d = 4 h
    //  crew 1: bbcdddd
    DamageCase damage{{{"a", {}}, {"b", {}}, {"c", {}}, {"d", {}}},
                      {},
                      {repair_of_site(0, hours{5}), repair_of_site(1, hours{2}), repair_of_site(2, hours{1}),
                       repair_of_site(3, hours{4})},
                      {}};
    for (const SiteNumber site : {0, 1, 2, 3}) damage.groups.add(0, Sites{site}, Persons::round(10));
    const RestorationSchedule schedule = schedule_repairs(damage.problem(), Jobs{0, 1, 2, 3}, 2);
    const auto times = [&](std::size_t i) {
        const ScheduledRepair& repair = schedule.repairs[i];
        return std::vector<std::int64_t>{repair.crew, repair.start / hours{1}, repair.end / hours{1}};
    };
    CHECK(times(0) == std::vector<std::int64_t>{0, 0, 5});
    CHECK(times(1) == std::vector<std::int64_t>{1, 0, 2});
    CHECK(times(2) == std::vector<std::int64_t>{1, 2, 3});
    CHECK(times(3) == std::vector<std::int64_t>{1, 3, 7});
    CHECK(schedule.people_hours == PeopleHours::round(10 * (5 + 2 + 3 + 7)));
    // As many crews as jobs or more: everything starts at once.
    CHECK(schedule_repairs(damage.problem(), Jobs{3, 2, 1, 0}, 9).people_hours ==
          PeopleHours::round(10 * (5 + 2 + 1 + 4)));
}

TEST_CASE("A site comes on when itself, its feeder and one of its parents are back") {
    //   hub --- mast     the mast has two parents, and power from feeder 5
    //   ridge --/
    DamageCase damage{{{"hub", {}}, {"ridge", {}}, {"mast", {"hub", "ridge"}}},
                      {no_power_zone, no_power_zone, 5},
                      {repair_of_site(0, hours{1}), repair_of_site(1, hours{1}), repair_of_site(2, hours{1}),
                       repair_of_feeder(5, hours{1})},
                      {}};
    damage.groups.add(0, Sites{2}, Persons::round(60));
    const RestorationProblem problem = damage.problem();
    const auto hours_of = [&](const Jobs& order) { return schedule_repairs(problem, order, 1).people_hours; };
    CHECK(hours_of({0, 2, 3, 1}) == PeopleHours::round(180));  // one parent is enough
    CHECK(hours_of({3, 1, 2, 0}) == PeopleHours::round(180));
    CHECK(hours_of({0, 1, 2, 3}) == PeopleHours::round(240));  // two bring nothing more
    const RestorationSchedule schedule = schedule_repairs(problem, Jobs{0, 2, 3, 1}, 1);
    CHECK(schedule.repairs[0].people_per_hour == 20);  // of the bundle of three
    CHECK(schedule.repairs[2].people_per_hour == 20);
    CHECK(schedule.repairs[2].people == Persons::round(60));
    CHECK(schedule.repairs[3].brings_nobody());
}

TEST_CASE("Sites of a ring do not keep each other on the air without a root") {
    //   root - a - b - c - a (ring)        x - y - x (ring without a root)
    DamageCase damage{
        {{"root", {}}, {"a", {"root", "c"}}, {"b", {"a"}}, {"c", {"b"}}, {"x", {"y"}}, {"y", {"x"}}},
        {},
        {repair_of_site(0, hours{1}), repair_of_site(4, hours{1})},
        {}};
    damage.groups.add(0, Sites{3}, Persons::round(10));
    damage.groups.add(0, Sites{4, 5}, Persons::round(20));
    const RestorationSchedule schedule = schedule_repairs(damage.problem(), Jobs{1, 0}, 1);
    CHECK(schedule.curve == std::vector<RecoveryStep>{{hours{0}, {}}, {hours{2}, Persons::round(10)}});
    CHECK(schedule.beyond_repair == Persons::round(20));
}

TEST_CASE("Without damage there is nothing to do and nobody in the dark") {
    DamageCase damage = two_masts();
    damage.jobs.clear();
    const RestorationSchedule schedule = schedule_repairs(damage.problem(), Jobs{}, 3);
    CHECK(schedule.repairs.empty());
    CHECK(schedule.curve == std::vector<RecoveryStep>{{hours{0}, Persons::round(130)}});
    CHECK(schedule.people_hours == PeopleHours{});
    CHECK(schedule.in_the_dark == Persons{});
}

TEST_CASE("People of communes that overlap count once") {
    DamageCase damage = two_masts();
    damage.groups.add(2, Sites{0, 1}, Persons::round(40));
    damage.groups.add(counted_twice, Sites{0, 1}, Persons::round(40));
    CHECK(schedule_repairs(damage.problem(), Jobs{0, 1}, 1) ==
          schedule_repairs(two_masts().problem(), Jobs{0, 1}, 1));
}

TEST_CASE("Jobs that cannot be planned are refused, and named") {
    DamageCase damage = two_masts();
    damage.power_zones = {3, 3};
    damage.jobs[1].duration = minutes{0};
    CHECK(fault_of(damage, 1, "repair 2 of the list") == Fault::no_duration);
    damage.jobs[1].duration = longest_repair + minutes{1};
    CHECK(fault_of(damage, 1, "unit of its hours") == Fault::too_long);
    damage.jobs[1] = repair_of_site(0, hours{1});
    CHECK(fault_of(damage, 1, "twice") == Fault::repeated_target);
    damage.jobs[1] = repair_of_site(2, hours{1});
    CHECK(fault_of(damage, 1, "there is none") == Fault::unknown_target);
    damage.jobs[1] = repair_of_feeder(4, hours{1});
    CHECK(fault_of(damage, 1, "power zone 4") == Fault::unknown_target);
    damage.jobs[1] = repair_of_feeder(3, hours{1});
    CHECK_NOTHROW(damage.problem());
}

TEST_CASE("A schedule adds up to what the definition says at every time") {
    std::mt19937 random{4};
    for (int i = 0; i < 60; ++i) {
        const DamageCase damage = random_damage(random, 7, 9);
        const RestorationProblem problem = damage.problem();
        Jobs order(damage.jobs.size());
        std::iota(order.begin(), order.end(), 0);
        std::shuffle(order.begin(), order.end(), random);
        const auto crews = static_cast<std::int32_t>(1 + random() % 3);
        const RestorationSchedule schedule = schedule_repairs(problem, order, crews);
        WideInteger person_minutes = 0;
        Persons served;
        const Persons back = served_after(damage, std::vector<bool>(order.size(), true));
        std::vector<RecoveryStep> curve;
        for (minutes time{0}; time <= schedule.end; ++time) {
            std::vector<bool> done(order.size());
            bool news = time == minutes{0};
            for (const ScheduledRepair& repair : schedule.repairs) {
                done[place(repair.job)] = repair.end <= time;
                news |= repair.end == time;
            }
            if (news) served = served_after(damage, done);
            if (curve.empty() || curve.back().served != served) curve.push_back({time, served});
            person_minutes += (back - served).units();
        }
        REQUIRE(schedule.curve == curve);
        REQUIRE(schedule.people_hours == people_hours_of(person_minutes));
        REQUIRE(schedule.in_the_dark == back - schedule.curve.front().served);
        // No crew does two things at once, and none waits while the list goes on.
        for (std::size_t a = 0; a < order.size(); ++a) {
            const ScheduledRepair& first = schedule.repairs[a];
            REQUIRE(first.end - first.start == problem.duration(first.job));
            REQUIRE((a == 0 || schedule.repairs[a - 1].start <= first.start));
            for (std::size_t b = a + 1; b < order.size(); ++b) {
                const ScheduledRepair& second = schedule.repairs[b];
                REQUIRE((first.crew != second.crew || first.end <= second.start));
            }
        }
    }
}

TEST_CASE("People-hours are rounded once, to the nearest unit") {
    const auto person = static_cast<std::int64_t>(Persons::units_per_one);
    CHECK(people_hours_of(WideInteger{person} * 60) == PeopleHours::round(1));
    CHECK(people_hours_of(WideInteger{person}) == PeopleHours::round(1.0 / 60));
    CHECK(people_hours_of(0) == PeopleHours{});
    CHECK_THROWS_AS(people_hours_of(WideInteger{1} << 110), QuantityOverflow);
}

}  // namespace phusong::test
