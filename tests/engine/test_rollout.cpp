#include "engine/rollout.hpp"

#include <catch2/catch.hpp>

#include "engine/memory_scratch.hpp"
#include "tests/engine/study_on_paper.hpp"

namespace phusong::test {
namespace {

constexpr std::int64_t percent = 1'000'000;

Persons heads(double count) {
    return Persons::round(count);
}
Cost price(double amount) {
    return Cost::round(amount);
}

/// People and 5g of one drawing each; commune A is the western half, B the eastern.
struct Drawn {
    StudyOnPaper paper;

    Drawn(const Drawing& people, const Drawing& signal) : paper{people} {
        const double rows = people.rows();
        const double middle = people.columns() / 2.0;
        paper.commune("A", rectangle(0, 0, middle, rows));
        paper.commune("B", rectangle(middle, 0, people.columns(), rows));
        paper.layer("5g", "", raster_of(signal, "5g"));
        paper.study.refine = 1;
        paper.study.dead_zones = std::vector<DeadZoneInput>{};
        paper.study.rollout = RolloutInput{};
        paper.study.rollout->technology = "5g";
    }
    RolloutInput& input() { return *paper.study.rollout; }
    RolloutAsk& ask() { return input().ask; }
    void candidate(const std::string& id, Point place, double radius, double cost, bool existing = false) {
        if (!paper.sources.rollout_candidates) paper.sources.rollout_candidates.emplace();
        paper.sources.rollout_candidates->candidates.push_back({id, place, radius, price(cost), existing});
    }
    RolloutResult result(std::int32_t tile_side = 512) {
        MemoryScratch scratch;
        RunOptions options;
        options.scratch = &scratch;
        return run(paper.plan(tile_side), paper.sources, options).rollout.value();
    }
};

/// Of 17 people 5 are served. x reaches 3 people in A; y 9 people in B, z 7 of them.
Drawn street() {
    Drawn drawn{{"5.3.72"}, {"#....."}};
    drawn.candidate("x", {2.5, 0.5}, 0.4, 3);
    drawn.candidate("y", {5, 0.5}, 0.6, 2);
    drawn.candidate("z", {4.5, 0.5}, 0.4, 1);
    return drawn;
}

/// "A xy 3": people of a commune by the candidates that reach them.
std::vector<std::string> rows_of(const RolloutGrounds& grounds) {
    std::vector<std::string> rows;
    for (const ServingGroups::Row& row : grounds.rows) {
        std::string text = grounds.communes[static_cast<std::size_t>(row.zone)].code + ' ';
        for (const SiteNumber number : grounds.sets[row.set]) {
            text += grounds.candidates[static_cast<std::size_t>(number)].id;
        }
        rows.push_back(text + ' ' + std::to_string(static_cast<int>(row.people.value())));
    }
    return rows;
}

std::vector<std::string> ids_of(const RolloutGrounds& grounds, const std::vector<CoverageStep>& steps) {
    std::vector<std::string> ids;
    for (const CoverageStep& step : steps) {
        ids.push_back(grounds.candidates[static_cast<std::size_t>(step.candidate)].id);
    }
    return ids;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("People without the technology are grouped by who would reach them") {
    const RolloutResult result = street().result();
    CHECK(rows_of(result.grounds) == Texts{"A x 3", "B y 2", "B yz 7"});
    CHECK(result.grounds.people == heads(17));
    CHECK(result.grounds.served == heads(5));
    CHECK(result.plans.reachable == heads(12));
    const auto& communes = result.grounds.communes;
    CHECK(communes[0].served == heads(5));
    CHECK(communes[1].people == heads(9));
    CHECK(result.grounds.candidates[0].home == 0);
    CHECK(result.grounds.candidates[2].home == 1);
}

TEST_CASE("Groups are the same for any tiling") {
    const Drawing people{"123456", "654321", "111111", "909090"};
    const Drawing signal{"#....#", "......", "..?...", "......"};
    const auto groups = [&](std::int32_t tile_side) {
        Drawn drawn{people, signal};
        drawn.candidate("x", {2, 2}, 1.9, 1);
        drawn.candidate("y", {3.5, 1.5}, 2.3, 1);
        drawn.candidate("z", {0.5, 0.5}, 1, 1);
        return rows_of(drawn.result(tile_side).grounds);
    };
    const Texts whole = groups(512);
    CHECK(whole.size() == 6);
    CHECK(groups(1) == whole);
    CHECK(groups(2) == whole);
    CHECK(groups(3) == whole);
}

TEST_CASE("Whose service is unknown is no one to build for") {
    Drawn drawn{{"5.3.72"}, {"#...?."}};
    drawn.candidate("y", {5, 0.5}, 0.6, 2);
    const RolloutResult result = drawn.result();
    CHECK(rows_of(result.grounds) == Texts{"A  3", "B y 2"});
    CHECK(result.grounds.unknown == heads(7));
}

TEST_CASE("Groups follow the official number of people") {
    Drawn drawn = street();
    drawn.paper.study.population.adjust_to = "people";
    drawn.paper.sources.zones[0].official_people = 16;
    drawn.paper.sources.zones[1].official_people = 9;
    CHECK(rows_of(drawn.result().grounds) == Texts{"A x 6", "B y 2", "B yz 7"});
}

TEST_CASE("As many people as possible with so many sites, or for so much") {
    Drawn drawn = street();
    drawn.ask().sites = 1;
    drawn.ask().budget = price(4);
    const RolloutResult result = drawn.result();
    CHECK(ids_of(result.grounds, result.plans.by_sites->steps) == Texts{"y"});
    CHECK(result.plans.by_sites->covered == heads(9));
    CHECK(result.plans.by_sites->bound >= heads(9));
    CHECK(ids_of(result.grounds, result.plans.by_budget->steps) == Texts{"z", "x"});
    CHECK(result.plans.by_budget->covered == heads(10));  // y and z together would reach 9
}

TEST_CASE("A level of the people is reached at least cost") {
    Drawn drawn = street();
    SECTION("by the cheapest site that suffices") {
        drawn.ask().target_millionths = 50 * percent;  // 8.5 people: 3.5 more
        const RolloutResult result = drawn.result();
        CHECK(ids_of(result.grounds, result.plans.to_target->steps) == Texts{"z"});
        CHECK(result.plans.to_target->bound <= price(1));
    }
    SECTION("by two where it takes two") {
        drawn.ask().target_millionths = 90 * percent;  // 15.3 people: 10.3 more
        const RolloutResult result = drawn.result();
        CHECK(ids_of(result.grounds, result.plans.to_target->steps) == Texts{"y", "x"});
        CHECK(result.plans.to_target->cost == price(5));
        CHECK(result.plans.to_target->met());
    }
    SECTION("with nothing when it is reached already") {
        drawn.ask().target_millionths = 29 * percent;
        const RolloutResult result = drawn.result();
        CHECK(result.plans.to_target->steps.empty());
        CHECK(result.plans.to_target->met());
        CHECK(result.plans.to_target->gap() == 0);
    }
    SECTION("with a floor in every commune") {
        drawn.ask().target_millionths = 50 * percent;
        drawn.ask().floor_millionths = 70 * percent;  // 5.6 of 8 in A: x has to be built
        const RolloutResult result = drawn.result();
        CHECK(ids_of(result.grounds, result.plans.to_target->steps) == Texts{"z", "x"});
    }
}

TEST_CASE("A level that cannot be reached says how far one gets") {
    Drawn drawn{{"5.3.72"}, {"#....."}};
    drawn.candidate("z", {4.5, 0.5}, 0.4, 1);
    drawn.ask().target_millionths = 100 * percent;
    const RolloutResult result = drawn.result();
    CHECK_FALSE(result.plans.to_target->met());
    CHECK(result.plans.to_target->asked == heads(12));
    CHECK(result.plans.to_target->reachable == heads(7));
    CHECK(result.plans.to_target->covered == heads(7));
}

TEST_CASE("What will be there in any case costs nothing and leaves less to do") {
    Drawn drawn{{"5.3.72"}, {"#....."}};
    drawn.candidate("y", {5, 0.5}, 0.6, 2, true);
    drawn.candidate("z", {4.5, 0.5}, 0.4, 1);
    drawn.candidate("x", {2.5, 0.5}, 0.4, 3);
    drawn.ask().target_millionths = 90 * percent;
    const RolloutResult result = drawn.result();
    CHECK(ids_of(result.grounds, result.plans.to_target->steps) == Texts{"x"});
    CHECK(result.plans.to_target->covered_already == heads(9));
    CHECK(result.plans.to_target->cost == price(3));
}

TEST_CASE("Without a candidate nobody is added") {
    Drawn drawn{{"5.3.72"}, {"#....."}};
    drawn.input().most_found = 0;
    drawn.ask().sites = 3;
    drawn.ask().target_millionths = 90 * percent;
    const RolloutResult result = drawn.result();
    CHECK(rows_of(result.grounds) == Texts{"A  3", "B  9"});
    CHECK(result.plans.by_sites->steps.empty());
    CHECK(result.plans.by_sites->covered == Persons{});
    CHECK(result.plans.to_target->reachable == Persons{});
    CHECK(result.plans.curve.empty());
}

TEST_CASE("Each further site has its price a person, until an alternative is cheaper") {
    Drawn drawn = street();
    drawn.ask().alternative_cost_per_person = price(0.5);
    const RolloutResult result = drawn.result();
    // z brings 7 for 1 and leaves 2 for 2 to y, which is then no better than x with 3 for 3.
    std::vector<CoverageStep> steps;
    for (const CostCurvePoint& point : result.plans.curve) steps.push_back(point.step);
    CHECK(ids_of(result.grounds, steps) == Texts{"z", "x", "y"});
    CHECK(result.plans.alternative_from == 1U);
}

TEST_CASE("Without given candidates masts that lack the technology come first, then places that are found") {
    Drawn drawn{{"5....9...7"}, {"#........."}};
    drawn.input().radius_m = 1;
    drawn.input().site_cost = price(10);
    drawn.input().mast_cost = price(4);
    drawn.paper.sources.sites =
        PlacesSource{"masts",
                     {{"M1", "", {9.5, 0.5}, {}}, {"M2", "", {9.5, 0.5}, {}}, {"M3", "", {3, 0.5}, {}}},
                     "",
                     false};
    const RolloutResult result = drawn.result();
    const auto& candidates = result.grounds.candidates;
    REQUIRE(candidates.size() == 4);
    CHECK(candidates[0].id == "M1");  // M2 stands in the same place
    CHECK(candidates[0].cost == price(4));
    CHECK(candidates[1].id == "M3");
    CHECK(candidates[2].id == "new-1");
    CHECK(candidates[2].place.x == 5.5);
    CHECK(candidates[2].cost == price(10));
    CHECK(candidates[3].place.x == 9.5);
    CHECK(rows_of(result.grounds) == Texts{"B M1new-2 7", "B new-1 9"});
}

TEST_CASE("A mast of the event's table is a candidate unless it has the technology") {
    Drawn drawn{{"5....9...7"}, {"#........."}};
    drawn.input().radius_m = 1;
    drawn.input().most_found = 0;
    SiteRecord with;
    with.id = "has-5g";
    with.technologies = {"4g", "5g"};
    with.position = {0.5, 0.5};
    SiteRecord without = with;
    without.id = "has-4g";
    without.technologies = {"4g"};
    without.position = {5.5, 0.5};
    drawn.paper.sources.event.emplace();
    drawn.paper.sources.event->sites.emplace();
    drawn.paper.sources.event->sites->sites = {with, without};
    const RolloutResult result = drawn.result();
    CHECK(rows_of(result.grounds) == Texts{"B  7", "B has-4g 9"});
}

}  // namespace phusong::test
