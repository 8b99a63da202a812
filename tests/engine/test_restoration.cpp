#include "engine/restoration.hpp"

#include <catch2/catch.hpp>
#include <vector>

#include "tests/engine/event_on_paper.hpp"

namespace phusong::test {
namespace {

using std::chrono::hours;

Restoration restoration(EventOnPaper& paper, const RestorationInput& input = {}) {
    paper.settle_plan();
    paper.plan.sites = paper.table;
    return restoration_of(input, paper.event, paper.plan, paper.fates.rows(), paper.fates.sets(),
                          paper.event.hours.front());
}

SiteRecord without_power(const std::string& id, const std::string& power_zone) {
    SiteRecord site = paper_site(id, "a");
    site.power_zone = power_zone;
    site.power_lost_hours = 0;
    site.battery_hours = 0;
    site.generator = false;
    return site;
}

}  // namespace

TEST_CASE("A feeder gives power back to all sites of its zone, and a fallen mast takes its own hours") {
    EventOnPaper paper{{without_power("s", "Z"), without_power("t", "Z"),
                        down_site("u", "a", OutageCause::structure), paper_site("v", "a", Status::up)}};
    paper.table.sites[2].repair_hours = 10;
    paper.live(0, 100, {0}, "#. #.");
    paper.live(1, 50, {1}, "#. #.");
    paper.live(0, 30, {2}, "#. #.");
    paper.live(0, 7, {0, 3}, "#. #.");  // v still serves them
    paper.live(0, 5, {1}, "#. ..");     // lost by the map: no repair of a site brings them back
    const Restoration plan = restoration(paper);
    REQUIRE(plan.tasks.size() == 2);
    CHECK(plan.tasks[0].kind == RestorationTask::Kind::feeder);
    CHECK(plan.tasks[0].name == "Z");
    CHECK(plan.tasks[0].sites == std::vector<SiteNumber>{0, 1});
    CHECK(plan.tasks[0].duration == hours{8});
    CHECK(plan.tasks[1].kind == RestorationTask::Kind::site);
    CHECK(plan.tasks[1].duration == hours{10});
    CHECK(plan.schedule.in_the_dark == Persons::round(180));
    REQUIRE(plan.schedule.repairs.size() == 2);
    CHECK(plan.schedule.repairs[0].job == 0);
    CHECK(plan.schedule.repairs[0].people == Persons::round(150));
    CHECK(plan.schedule.repairs[1].end == hours{18});
    CHECK(plan.schedule.people_hours == PeopleHours::round(180 * 8 + 30 * 10));
    CHECK(plan.bound <= plan.schedule.people_hours);
    CHECK(plan.gap() >= 0);
    CHECK(plan.biggest_first == plan.schedule.people_hours);
    CHECK(plan.recovery.low == plan.schedule.people_hours);  // nothing is left to chance
    CHECK(plan.recovery.high == plan.schedule.people_hours);
}

TEST_CASE("A lone site without power gets a generator, and crews work side by side") {
    EventOnPaper paper{{without_power("s", ""), down_site("t", "a", OutageCause::unattributed)}};
    paper.live(0, 16, {0, 1}, "#. #.");
    paper.live(0, 20, {1}, "#. #.");
    RestorationInput input;
    Restoration plan = restoration(paper, input);
    REQUIRE(plan.tasks.size() == 2);
    CHECK(plan.tasks[0].kind == RestorationTask::Kind::generator);
    CHECK(plan.schedule.people_hours == PeopleHours::round(36 * 4 + 20 * 24));
    CHECK(plan.biggest_first == PeopleHours::round(36 * 24));
    input.crews = 2;
    plan = restoration(paper, input);
    CHECK(plan.schedule.people_hours == PeopleHours::round(36 * 4 + 20 * 20));
    CHECK(plan.schedule.end == hours{24});
}

TEST_CASE("What fails in less than half of the scenarios gets no repair and widens the interval") {
    EventOnPaper paper{{down_site("s", "a", OutageCause::structure), paper_site("t", "a")}};
    paper.event.scenarios = 1000;
    paper.table.rules.structure = StepCurve{{{40, 0.25}}};
    paper.table.sites[1].gust = Gust::of_metres_per_second(45);
    paper.table.sites[1].generator = true;
    paper.live(0, 10, {0}, "#. #.");
    paper.live(0, 1000, {1}, "#. #.");
    const Restoration plan = restoration(paper);
    REQUIRE(plan.tasks.size() == 1);
    CHECK(plan.schedule.people_hours == PeopleHours::round(10 * 24));
    CHECK(plan.recovery.median == PeopleHours::round(10 * 24));
    CHECK(plan.recovery.high == PeopleHours::round(1010 * 24));
}

TEST_CASE("Where nothing is broken there is nothing to plan") {
    EventOnPaper paper{{paper_site("s", "a", Status::up)}};
    paper.live(0, 10, {0}, "#. #.");
    const Restoration plan = restoration(paper);
    CHECK(plan.tasks.empty());
    CHECK(plan.schedule.repairs.empty());
    CHECK(plan.schedule.people_hours == PeopleHours{});
    CHECK(plan.gap() == 0);
}

}  // namespace phusong::test
