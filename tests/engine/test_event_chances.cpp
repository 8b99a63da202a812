#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <random>
#include <vector>

#include "algorithms/ledger/questions.hpp"
#include "engine/site_model.hpp"
#include "tests/engine/event_on_paper.hpp"

namespace phusong::test {
namespace {

using Sites = std::vector<SiteNumber>;

/// A few sites of both operators, some of them carried by others, and people in reach of some of them.
EventOnPaper random_event(std::mt19937& random, std::size_t sites) {
    std::vector<SiteRecord> records;
    for (std::size_t i = 0; i < sites; ++i) {
        SiteRecord site = paper_site("s" + std::to_string(i), random() % 2 == 0 ? "a" : "b");
        if (i > 1 && random() % 3 == 0) site.parents = {"s" + std::to_string(random() % i)};
        records.push_back(site);
    }
    EventOnPaper paper{records};
    const std::vector<std::string> states = {"## ##", "#. #.", ".# .#", "## #.", "#? ##", "## ..", "## ?#"};
    for (int i = 0; i < 40; ++i) {
        Sites reach;
        for (std::size_t site = 0; site < sites; ++site) {
            if (random() % 3 == 0) reach.push_back(static_cast<SiteNumber>(site));
        }
        paper.fates.add({static_cast<ZoneNumber>(random() % 4) - 2,
                         EventOnPaper::state(states[random() % states.size()])},
                        reach, {Persons::of_units(static_cast<std::int64_t>(random())), {}});
    }
    return paper;
}

void let_wind_blow(std::mt19937& random, EventOnPaper& paper) {
    for (SiteRecord& site : paper.table.sites) {
        site.gust = Gust::of_metres_per_second(25 + static_cast<double>(random() % 20));
        site.design_gust = Gust::of_metres_per_second(30);
        if (random() % 3 == 0) site.power_zone = "north";
        if (random() % 4 == 0) site.battery_hours = 5;
    }
    paper.event.hours = {0, 4, 12};
    paper.event.scenarios = 150;
    paper.event.share_with_generators = 0.3;
}

bool same(const EventOutlook& a, const EventOutlook& b) {
    return a.hours == b.hours && a.headline == b.headline && a.scenarios == b.scenarios &&
           a.certain == b.certain && a.zones == b.zones && a.total == b.total && a.sites == b.sites &&
           a.ranking == b.ranking;
}

/// The same event with its sites in another order.
EventOnPaper relabelled(const EventOnPaper& paper, const std::vector<std::size_t>& new_place) {
    EventOnPaper other = paper;
    for (std::size_t site = 0; site < new_place.size(); ++site) {
        other.table.sites[new_place[site]] = paper.table.sites[site];
    }
    other.fates = {};
    for (const SharedFates::Row& row : paper.fates.rows()) {
        Sites reach;
        for (const SiteNumber site : paper.fates.sets()[row.set]) {
            reach.push_back(static_cast<SiteNumber>(new_place[static_cast<std::size_t>(site)]));
        }
        std::sort(reach.begin(), reach.end());
        other.fates.add(row.key, reach, row.amount);
    }
    return other;
}

}  // namespace

TEST_CASE("Whichever sites are down, those lose a service whose map says so afterwards") {
    std::mt19937 random{1};
    constexpr std::size_t sites = 6;
    for (int round = 0; round < 4; ++round) {
        EventOnPaper paper = random_event(random, sites);
        paper.settle_plan();
        for (unsigned subset = 0; subset < 1U << sites; ++subset) {
            for (std::size_t site = 0; site < sites; ++site) {
                paper.table.sites[site].status = (subset >> site & 1U) != 0 ? Status::down : Status::unknown;
            }
            std::vector<Status> alive;
            for (const SiteOutcome& outcome : observed_outcomes(paper.table)) alive.push_back(outcome.alive);
            std::vector<Persons> lost(paper.plan.questions.size());
            for (const SharedFates::Row& row : paper.fates.rows()) {
                if (row.key.zone < 0) continue;
                const ServiceState after =
                    after_sites(row.key.state, paper.fates.sets()[row.set], alive, paper.plan);
                for (std::size_t q = 0; q < lost.size(); ++q) {
                    const auto& layers = paper.plan.questions[q].layers;
                    if (any_of(row.key.state, layers) != Service::served) continue;
                    const Service by_maps = any_of_after(row.key.state, layers, paper.plan);
                    const Service by_sites = any_of_after(after, layers, paper.plan);
                    const bool some_unknown =
                        std::any_of(layers.begin(), layers.end(), [&](std::size_t layer) {
                            return row.key.state.of(paper.plan.after(layer)) == Service::unknown;
                        });
                    if (by_maps == Service::unserved || (!some_unknown && by_sites == Service::unserved)) {
                        lost[q] += row.amount.people;
                    }
                }
            }
            const EventOutlook outlook = paper.outlook();
            REQUIRE(outlook.certain);
            for (std::size_t q = 0; q < lost.size(); ++q) {
                Persons sum;
                for (const PlaceOutlook& zone : outlook.zones) sum += zone.of_question[q].certain;
                REQUIRE(sum == lost[q]);
            }
        }
    }
}

TEST_CASE("Risks of 0 and 1 are the deterministic answer and leave nothing to chance") {
    std::mt19937 random{2};
    EventOnPaper drawn = random_event(random, 7);
    EventOnPaper known = drawn;
    drawn.table.rules.structure = StepCurve{{{40, 1}}};
    for (std::size_t site = 0; site < 7; ++site) {
        const bool falls = site % 3 == 0;
        drawn.table.sites[site].gust = Gust::of_metres_per_second(falls ? 40 : 39);
        drawn.table.sites[site].generator = true;
        if (falls) known.table.sites[site].status = Status::down;
        known.table.sites[site].cause = OutageCause::structure;
    }
    const EventOutlook outlook = drawn.outlook();
    CHECK(outlook.certain);
    CHECK(same(outlook, known.outlook()));
    CHECK(outlook.total.of_question[0].certain > Persons{});
}

TEST_CASE("Means over scenarios lie within four standard errors of the exact product") {
    EventOnPaper paper{{paper_site("s", "a"), paper_site("t", "a"), paper_site("u", "b")}};
    paper.table.rules.structure = TabulatedCurve{{{10, 0.1}, {90, 0.9}}};
    const std::vector<double> p = {0.3, 0.6, 0.5};
    for (std::size_t site = 0; site < 3; ++site) {
        paper.table.sites[site].gust = Gust::of_metres_per_second(100 * p[site]);
        paper.table.sites[site].generator = true;
    }
    paper.event.scenarios = 20000;
    paper.live(0, 100, {0, 1}, "#. #.");
    paper.live(0, 40, {0, 1, 2});
    paper.live(0, 10, {2}, ".# .#");
    for (paper.event.seed = 1; paper.event.seed <= 3; ++paper.event.seed) {
        const EventOutlook outlook = paper.outlook();
        const LossEstimate& lost = outlook.total.of_question[0];
        const double exact = 100 * p[0] * p[1] + 40 * p[0] * p[1] * p[2] + 10 * p[2];
        CHECK(std::abs(lost.spread.mean - exact) <= 4 * lost.spread.standard_error);
        CHECK(lost.independent.value() == Approx(exact).epsilon(0.05));
        CHECK(lost.certain == Persons{});
        // Half of the customers are with a, which fails where b stands, and the other way round.
        const double roaming = 0.5 * 40 * (p[0] * p[1] * (1 - p[2]) + p[2] * (1 - p[0] * p[1]));
        CHECK(std::abs(outlook.total.roaming_dividend.mean - roaming) <=
              4 * outlook.total.roaming_dividend.standard_error);
    }
}

TEST_CASE("Neither the order of rows nor that of sites changes a bit of the outlook") {
    std::mt19937 random{3};
    for (int round = 0; round < 5; ++round) {
        EventOnPaper paper = random_event(random, 8);
        let_wind_blow(random, paper);
        const EventOutlook outlook = paper.outlook();
        CHECK_FALSE(outlook.certain);
        std::vector<SharedFates::Row> rows = paper.fates.rows();
        std::shuffle(rows.begin(), rows.end(), random);
        CHECK(same(outlook, paper.outlook(rows)));

        std::vector<std::size_t> new_place = {3, 1, 7, 0, 5, 2, 6, 4};
        std::shuffle(new_place.begin(), new_place.end(), random);
        EventOnPaper other = relabelled(paper, new_place);
        const EventOutlook again = other.outlook();
        CHECK(again.zones == outlook.zones);
        CHECK(again.total == outlook.total);
        CHECK(again.ranking == outlook.ranking);
        for (std::size_t site = 0; site < new_place.size(); ++site) {
            CHECK(again.sites[new_place[site]] == outlook.sites[site]);
        }
    }
}

TEST_CASE("An hour more to look at changes nothing at the other hours") {
    std::mt19937 random{4};
    EventOnPaper paper = random_event(random, 8);
    let_wind_blow(random, paper);
    const EventOutlook some = paper.outlook();
    paper.event.hours = {0, 2, 4, 12};
    const EventOutlook more = paper.outlook();
    CHECK(more.total.dark_at[2] == some.total.dark_at[1]);
    CHECK(more.total.dark_at[3] == some.total.dark_at[2]);
}

TEST_CASE("One more site of an operator raises no loss") {
    std::mt19937 random{5};
    for (int round = 0; round < 20; ++round) {
        EventOnPaper before = random_event(random, 7);
        let_wind_blow(random, before);
        EventOnPaper after = before;
        after.table.sites.push_back(paper_site("one-more", "a"));
        after.table.sites.back().gust = Gust::of_metres_per_second(35);
        after.table.sites.back().design_gust = Gust::of_metres_per_second(30);
        after.fates = {};
        for (const SharedFates::Row& row : before.fates.rows()) {
            const auto sites = before.fates.sets()[row.set];
            Sites reach{sites.begin(), sites.end()};
            // Where no site was in reach the map stood, and another site cannot make that better.
            const bool served_by_a = std::any_of(reach.begin(), reach.end(), [&](SiteNumber site) {
                return before.table.sites[static_cast<std::size_t>(site)].operator_name == "a";
            });
            if (served_by_a && random() % 2 == 0) reach.push_back(7);
            after.fates.add(row.key, reach, row.amount);
        }
        before.event.hours = after.event.hours = {6};
        const EventOutlook fewer = before.outlook();
        const EventOutlook more = after.outlook();
        for (std::size_t zone = 0; zone < 2; ++zone) {
            for (std::size_t question = 2; question < 4; ++question) {
                const LossEstimate& was = fewer.zones[zone].of_question[question];
                const LossEstimate& is = more.zones[zone].of_question[question];
                CHECK(is.spread.mean <= was.spread.mean);
                CHECK(is.spread.low <= was.spread.low);
                CHECK(is.spread.high <= was.spread.high);
                // A group that is split in two is rounded twice.
                CHECK(is.most.value() <= was.most.value() + 1e-5);
                CHECK(is.independent.value() <= was.independent.value() + 1e-5);
            }
        }
    }
}

TEST_CASE("A ring without a root is in the dark in every scenario") {
    EventOnPaper paper{{paper_site("p", "a", Status::unknown, {"q"}),
                        paper_site("q", "a", Status::unknown, {"p"}), paper_site("r", "a")}};
    paper.table.sites[2].gust = Gust::of_metres_per_second(37.5);
    paper.table.sites[2].design_gust = Gust::of_metres_per_second(30);
    paper.live(0, 10, {0, 1}, "#. #.");
    paper.live(0, 20, {2}, "#. #.");
    const EventOutlook outlook = paper.outlook();
    CHECK_FALSE(outlook.certain);
    CHECK(outlook.total.of_question[0].certain == Persons::round(10));
    CHECK(outlook.total.causes.transport == 10);
    CHECK(outlook.total.of_question[0].spread.high == Persons::round(30));
}

}  // namespace phusong::test
