#include "engine/event_outlook.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "tests/engine/event_on_paper.hpp"

namespace phusong::test {
namespace {

Persons people(double count) {
    return Persons::round(count);
}

double sum(const CauseSplit& causes) {
    return causes.structure + causes.power + causes.transport + causes.unattributed + causes.mixed;
}

constexpr std::size_t mobile = 0;
constexpr std::size_t of_a = 2;
constexpr std::size_t of_b = 3;

}  // namespace

TEST_CASE("People of a site that fell are in the dark for certain and for its cause") {
    EventOnPaper paper{{down_site("s", "a", OutageCause::structure), paper_site("t", "a", Status::up)}};
    paper.live(0, 100, {0}, "#. #.");
    paper.live(0, 50, {0, 1}, "#. #.");
    paper.live(1, 7, {1}, "#. #.");
    const EventOutlook outlook = paper.outlook();
    CHECK(outlook.certain);
    CHECK(outlook.scenarios == 100);
    const LossEstimate& lost = outlook.zones[0].of_question[mobile];
    CHECK(lost.before == people(150));
    CHECK(lost.certain == people(100));
    CHECK(lost.least == people(100));
    CHECK(lost.independent == people(100));
    CHECK(lost.most == people(100));
    CHECK(lost.spread == LossSpread{100, 0, people(100), people(100), people(100)});
    CHECK(outlook.zones[0].causes == CauseSplit{100, 0, 0, 0, 0});
    CHECK(outlook.zones[1].of_question[mobile].spread.mean == 0);
    CHECK(outlook.total.of_question[mobile].certain == people(100));
    CHECK(outlook.sites[0].observed == Status::down);
    CHECK(outlook.sites[0].counts == OutageCounts{100, 0, 0, 0});
    CHECK(outlook.sites[1].outage == std::vector<double>{0});
}

TEST_CASE("Roaming would keep those on the air who lost their operator where another one still serves") {
    EventOnPaper paper{{down_site("a1", "a", OutageCause::power), paper_site("b1", "b", Status::up),
                        down_site("b2", "b", OutageCause::power)}};
    paper.live(0, 100, {0, 1});
    paper.live(0, 40, {0, 2});           // both are gone
    paper.live(1, 30, {0, 1}, "#. #.");  // b was never there
    paper.live(1, 10, {0, 1}, "## .#");  // a is gone by the map too
    EventOutlook outlook = paper.outlook();
    CHECK(outlook.zones[0].of_question[of_a].certain == people(140));
    CHECK(outlook.zones[0].of_question[of_b].certain == people(40));
    CHECK(outlook.zones[0].of_question[mobile].certain == people(40));
    CHECK(outlook.zones[0].roaming_dividend.median == people(50));  // half of all are customers of a
    CHECK(outlook.zones[1].roaming_dividend.median == people(5));
    CHECK(outlook.total.roaming_dividend.mean == 55);
    paper.event.customers = {{"a", 0.75}};
    outlook = paper.outlook();
    CHECK(outlook.total.roaming_dividend.mean == 82.5);
}

TEST_CASE("A commune goes dark when batteries are empty and comes back when its site is repaired") {
    EventOnPaper paper{{paper_site("s", "a", Status::up)}};
    paper.table.sites[0].power_lost_hours = 0;
    paper.table.sites[0].battery_hours = 4;
    paper.table.sites[0].repair_hours = 24;
    paper.event.hours = {0, 6, 12, 24, 48};
    paper.live(0, 100, {0}, "#. #.");
    const EventOutlook outlook = paper.outlook();
    CHECK(outlook.certain);
    CHECK(outlook.headline == 1);  // the earliest of equal hours
    std::vector<double> dark;
    for (const LossSpread& spread : outlook.zones[0].dark_at) dark.push_back(spread.mean);
    CHECK(dark == std::vector<double>{0, 100, 100, 0, 0});
    CHECK(outlook.zones[0].people_hours.mean == 100 * (6 + 12));
    CHECK(outlook.total.people_hours.high == PeopleHours::round(1800));
    CHECK(outlook.zones[0].causes.power == 100);
    CHECK(outlook.sites[0].outage == std::vector<double>{0, 1, 1, 0, 0});
    CHECK(outlook.sites[0].observed == Status::up);
}

TEST_CASE("One hour alone lasts no time at all") {
    EventOnPaper paper{{down_site("s", "a", OutageCause::power)}};
    paper.live(0, 100, {0}, "#. #.");
    CHECK(paper.outlook().total.people_hours == HoursSpread{});
}

TEST_CASE("Sites off for one reason name it, and sites off for different reasons are mixed") {
    EventOnPaper paper{
        {down_site("hub", "c", OutageCause::structure), paper_site("s", "a", Status::unknown, {"hub"}),
         down_site("t", "a", OutageCause::power), down_site("u", "a", OutageCause::power),
         down_site("v", "a", OutageCause::unattributed), paper_site("ring", "a", Status::unknown, {"gnir"}),
         paper_site("gnir", "a", Status::unknown, {"ring"})}};
    paper.live(0, 1, {0}, "#. #.");
    paper.live(0, 2, {2, 3}, "#. #.");
    paper.live(0, 4, {1, 5, 6}, "#. #.");
    paper.live(0, 8, {4}, "#. #.");
    paper.live(0, 16, {1, 2}, "#. #.");
    paper.live(0, 32, {2}, "#. ..");  // the map says so
    const EventOutlook outlook = paper.outlook();
    CHECK(outlook.zones[0].causes == CauseSplit{1, 2, 4, 40, 16});
    CHECK(outlook.zones[0].of_question[mobile].certain == people(63));
}

TEST_CASE("What maps say holds whatever sites do") {
    EventOnPaper paper{{down_site("s", "a", OutageCause::power), down_site("t", "b", OutageCause::power)}};
    paper.live(0, 1, {0, 1}, "#. ..");   // gone by the map
    paper.live(0, 2, {0, 1}, "#. ?.");   // the map does not know
    paper.live(0, 4, {1}, "#. #.");      // no site of a in reach: the map stands
    paper.live(0, 8, {}, "## ##");       // no site at all
    paper.live(0, 16, {0, 1}, ".. ##");  // not served before
    paper.live(0, 32, {0, 1}, "## #.");  // only a is left by the map, and its site is off
    paper.live(0, 64, {0, 1}, "?? ##");
    paper.live(0, 128, {0, 1}, "#. ##");  // b is new by the map
    paper.live(0, 256, {0, 1}, "#? #?");  // a is gone, nobody knows of b
    const EventOutlook outlook = paper.outlook();
    const LossEstimate& lost = outlook.zones[0].of_question[mobile];
    CHECK(lost.before == people(1 + 2 + 4 + 8 + 32 + 128 + 256));
    CHECK(lost.certain == people(1 + 32));
    CHECK(outlook.zones[0].without_site == people(4 + 8 + 128));
}

TEST_CASE("Everybody is counted once, and only in communes") {
    EventOnPaper paper{{down_site("s", "a", OutageCause::power)}};
    paper.event.hours = {0, 1};
    paper.live(0, 100, {0});
    paper.live(1, 60, {0});
    paper.live(counted_twice, 20, {0});
    paper.live(outside_every_zone, 500, {0});
    paper.live(1, 6, {}, "## ..");
    paper.live(counted_twice, 2, {}, "## ..");
    paper.live(counted_twice, 1, {}, "## ##");
    paper.live(0, 3, {}, "## ##");
    const EventOutlook outlook = paper.outlook();
    const LossEstimate& lost = outlook.total.of_question[of_a];
    CHECK(lost.before == people(100 + 60 - 20 + 6 - 2 + 3 - 1));
    CHECK(lost.certain == people(140 + 4));
    CHECK(lost.least == people(144));
    CHECK(lost.most == people(144));
    CHECK(lost.spread.mean == 144);
    CHECK(outlook.total.of_question[mobile].certain == people(4));
    CHECK(outlook.total.causes == CauseSplit{0, 0, 0, 4, 0});
    CHECK(outlook.total.roaming_dividend.mean == 70);
    CHECK(outlook.total.without_site == people(100 + 60 - 20 + 3 - 1));
}

TEST_CASE("Without a table of sites maps alone tell who is in the dark") {
    EventOnPaper paper{{}};
    paper.live(0, 5, {}, "## ..");
    paper.live(0, 9, {}, "## ##");
    const EventOutlook outlook = paper.outlook();
    CHECK(outlook.certain);
    CHECK(outlook.total.of_question[mobile].certain == people(5));
    CHECK(outlook.total.without_site == people(9));
}

TEST_CASE("Communes under their floor rank first, then people, then people-hours, then codes") {
    EventOnPaper paper{{down_site("s", "a", OutageCause::power)}};
    paper.codes = {"d", "c", "b", "a", "e"};
    paper.people.assign(5, people(1000));
    paper.live(0, 900, {0}, "#. #.");
    paper.live(0, 50, {}, "#. #.");
    paper.live(1, 10, {0}, "#. #.");  // nobody is left with service
    paper.live(2, 950, {}, "#. #.");
    paper.live(3, 950, {}, "#. #.");
    paper.live(4, 900, {0}, "#. #.");
    paper.live(4, 50, {}, "#. #.");
    const auto zones = [&] {
        std::vector<std::size_t> order;
        for (const RankedGap& gap : paper.outlook().ranking) order.push_back(gap.zone);
        return order;
    };
    CHECK(zones() == std::vector<std::size_t>{1, 0, 4, 3, 2});
    const std::vector<RankedGap> ranking = paper.outlook().ranking;
    CHECK(ranking[0].need.floor == Floor::missed);
    CHECK(ranking[1].need == Need{Floor::kept, people(900), {}});
    CHECK(ranking[1].interval == RankInterval{2, 2, 2});
    CHECK(ranking[1].tied == std::vector<std::size_t>{4});
    CHECK(ranking[0].tied.empty());
    CHECK(ranking[3].tied.empty());
    CHECK(ranking[4].in_top_ten == 1);
    paper.event.floor_share = 0.06;
    CHECK(zones() == std::vector<std::size_t>{0, 4, 1, 3, 2});
}

TEST_CASE("Causes add up to the mean, and Frechet's bounds hold it between them") {
    EventOnPaper paper{{paper_site("s", "a"), paper_site("t", "a"), paper_site("u", "b", Status::up, {"s"}),
                        paper_site("v", "b")}};
    for (SiteRecord& site : paper.table.sites) {
        site.gust = Gust::of_metres_per_second(40);
        site.design_gust = Gust::of_metres_per_second(33);
    }
    paper.table.sites[3].flood_depth_m = 0.4;
    paper.table.rules.plinth = {0.5, 0.3};
    paper.event.hours = {0, 3, 6, 12};
    paper.event.scenarios = 1000;
    paper.live(0, 100.3, {0, 1});
    paper.live(0, 55.7, {1, 2, 3});
    paper.live(1, 31.1, {0, 3});
    paper.live(1, 11.9, {2}, "## .#");
    paper.live(counted_twice, 5.5, {0, 3});
    const EventOutlook outlook = paper.outlook();
    CHECK_FALSE(outlook.certain);
    for (const PlaceOutlook* place : {&outlook.zones[0], &outlook.zones[1], &outlook.total}) {
        const LossEstimate& lost = place->of_question[mobile];
        CHECK(sum(place->causes) == Approx(lost.spread.mean).epsilon(1e-9));
        CHECK(place->dark_at[outlook.headline] == lost.spread);
        for (const LossEstimate& one : place->of_question) {
            CHECK(one.least.value() <= one.spread.mean + 1e-6);
            CHECK(one.spread.mean <= one.most.value() + 1e-6);
            CHECK(one.least <= one.independent);
            CHECK(one.independent <= one.most);
            CHECK(one.certain.value() <= one.spread.low.value());
            CHECK(one.most <= one.before);
        }
        for (const LossSpread& dark : place->dark_at) CHECK(dark.mean <= lost.spread.mean);
    }
    CHECK(outlook.sites[0].observed == Status::unknown);
    CHECK(outlook.sites[2].observed == Status::up);
}

}  // namespace phusong::test
