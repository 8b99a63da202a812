#include <catch2/catch.hpp>
#include <cmath>
#include <random>

#include "algorithms/grid/earth_distance.hpp"
#include "engine/errors.hpp"
#include "engine/memory_scratch.hpp"
#include "engine/run.hpp"
#include "tests/engine/study_on_paper.hpp"

namespace phusong::test {
namespace {

CoverageSource source_of(std::shared_ptr<const RasterSource> raster) {
    CoverageSource source;
    source.name = "after";
    source.raster = std::move(raster);
    return source;
}

/// An event on paper.
struct Storm {
    EventInput input;
    EventSources sources;

    Storm() {
        input.name = "storm";
        input.hours = {0};
        input.scenarios = 64;
    }
    void after(const std::string& technology, const std::string& operator_name, const Drawing& drawing) {
        CoverageInput layer;
        layer.technology = technology;
        layer.operator_name = operator_name;
        layer.file.path = "after.tif";
        input.after.push_back(layer);
        sources.after.push_back(source_of(raster_of(drawing, "after")));
    }
    DamageInput& damage(std::vector<DamageArea> areas, const std::string& cause) {
        DamageInput layer;
        layer.cause = cause;
        input.damage.push_back(layer);
        DamageSource source;
        source.name = cause;
        source.areas = std::move(areas);
        sources.damage.push_back(std::move(source));
        return input.damage.back();
    }
    SiteRecord& site(const std::string& id, const std::string& operator_name, Point place, double radius,
                     Status status) {
        if (!sources.sites) {
            input.sites = SiteTableInput{};
            sources.sites = SiteTable{};
            sources.sites->name = "sites";
        }
        SiteRecord record;
        record.id = id;
        record.operator_name = operator_name;
        record.technologies = {"4g"};
        record.position = place;
        record.radius_m = radius;
        record.status = status;
        sources.sites->sites.push_back(record);
        return sources.sites->sites.back();
    }
    void over(StudyOnPaper& paper) const {
        paper.study.event = input;
        paper.sources.event = sources;
    }
};

/// One commune over one row of cells, 4g of one operator everywhere but in the last cell.
StudyOnPaper row_of_eight() {
    StudyOnPaper paper{{"12345678"}};
    paper.layer("4g", "A", raster_of({"#######."}, "4g"));
    paper.commune("1", rectangle(0, 0, 8, 1));
    return paper;
}

double people(const LedgerAmount& amount) {
    return amount.people.value();
}

}  // namespace

TEST_CASE("A map of afterwards: lost, gained and unclear by hand, and the balance is exact") {
    StudyOnPaper paper = row_of_eight();
    Storm storm;
    //                  before: #######.
    storm.after("4g", "A", {"##..??##"});
    storm.over(paper);
    const StudyResult result = paper.result();
    const PlaceImpact& impact = result.event->total;
    const Transitions& mobile = impact.of_question[0];
    CHECK(people(mobile.lost()) == 3 + 4);
    CHECK(people(mobile.gained()) == 8);
    CHECK(people(mobile.unclear()) == 5 + 6);
    CHECK(people(mobile.before().served) == 28);
    CHECK(people(mobile.after().served) == 28 - 7 + 8 - 11);
    CHECK(impact.by_maps[0].low.value() == 7);
    CHECK(impact.by_maps[0].headline.value() == 7);
    CHECK(impact.by_maps[0].most.value() == 7 + 11);
    CHECK(result.event->outlook.certain);
    CHECK(result.event->outlook.total.of_question[0].certain.value() == 7);
    // The state before is what the commune's own row tells.
    CHECK(result.total.technologies[0].yes_no == impact.of_question[1].before());
}

TEST_CASE("Severity with unknown redundancy takes 0 to s, with m layers known s^m to s") {
    for (const std::int32_t redundancy : {0, 1, 3}) {
        StudyOnPaper paper = row_of_eight();
        Storm storm;
        storm.damage({{rectangle(0, 0, 4, 1), 0.5, {}}}, "flood").redundancy = redundancy;
        storm.over(paper);
        const MapLoss loss = paper.result().event->total.by_maps[0];
        const double hit = 1 + 2 + 3 + 4;
        CHECK(loss.headline.value() == Approx(hit * 0.5));
        CHECK(loss.most.value() == Approx(hit * 0.5));
        CHECK(loss.low.value() == Approx(redundancy == 0 ? 0 : hit * std::pow(0.5, redundancy)));
    }
}

TEST_CASE("Damage of one cause takes the larger severity, of two causes 1 - (1 - a)(1 - b)") {
    StudyOnPaper paper = row_of_eight();
    Storm storm;
    storm.damage({{rectangle(0, 0, 2, 1), 0.5, {}}, {rectangle(1, 0, 3, 1), 0.25, {}}}, "flood");
    storm.over(paper);
    CHECK(paper.result().event->total.by_maps[0].headline.value() == Approx(0.5 * 1 + 0.5 * 2 + 0.25 * 3));
    storm.damage({{rectangle(1, 0, 3, 1), 0.5, {}}}, "wind");
    storm.over(paper);
    CHECK(paper.result().event->total.by_maps[0].headline.value() ==
          Approx(0.5 * 1 + (1 - 0.5 * 0.5) * 2 + (1 - 0.75 * 0.5) * 3));
}

TEST_CASE("Who has two technologies is in the dark as far as both are damaged, degraded where one is lost") {
    StudyOnPaper paper{{"124"}};
    paper.layer("4g", "", raster_of({"###"}, "4g"));
    paper.layer("5g", "", raster_of({"##."}, "5g"));
    paper.commune("1", rectangle(0, 0, 3, 1));
    Storm storm;
    storm.damage({{rectangle(0, 0, 3, 1), 0.5, {"4g"}},
                  {rectangle(0, 0, 1, 1), 0.25, {"5g"}},
                  {rectangle(1, 0, 2, 1), 1, {"5g"}}},
                 "wind");
    storm.over(paper);
    const PlaceImpact impact = paper.result().event->total;
    CHECK(impact.by_maps[0].headline.value() == Approx(0.25 * 1 + 0.5 * 2 + 0.5 * 4));
    CHECK(impact.by_maps[2].headline.value() == Approx(0.25 * 1 + 2));
    // Of the middle cell 5g is gone and 4g not known, so nobody is surely degraded; without the other damage
    // its two people are.
    CHECK(impact.degraded.value() == 0);
    Storm only_5g;
    only_5g.damage({{rectangle(0, 0, 2, 1), 1, {"5g"}}}, "wind");
    only_5g.over(paper);
    CHECK(paper.result().event->total.degraded.value() == 1 + 2);
}

TEST_CASE("A raster of severities: nothing beyond its edge, unknown where it has no data") {
    StudyOnPaper paper = row_of_eight();
    Storm storm;
    storm.damage({}, "flood");
    // Cells 0, 0.5, no data and 1 over columns 2 to 5.
    storm.sources.damage[0].raster = std::make_shared<MemoryRaster>(
        RasterDescription{"severity", {2, 1, 1, 1, 1, 4}, "plane", 1, 1, false},
        std::vector<double>{0, 0.5, std::nan(""), 1});
    storm.over(paper);
    const StudyResult result = paper.result();
    const PlaceImpact& impact = result.event->total;
    CHECK(impact.by_maps[0].low.value() == 0);
    CHECK(impact.by_maps[0].headline.value() == Approx(0.5 * 4 + 6));
    CHECK(impact.by_maps[0].most.value() == Approx(0.5 * 4 + 5 + 6));
    CHECK(people(impact.of_question[0].lost()) == 6);
    CHECK(people(impact.of_question[0].unclear()) == 4 + 5);
    storm.sources.damage[0].raster = std::make_shared<MemoryRaster>(
        RasterDescription{"severity", {2, 1, 1, 1, 1, 4}, "plane", 1, 1, false},
        std::vector<double>{0, 0.5, 40, 1});
    storm.over(paper);
    CHECK_THROWS_WITH(paper.result(), Catch::Contains("severities that are not between 0 and 1: 40"));
}

TEST_CASE("A site that is down takes the cells that no other site of its operator reaches") {
    StudyOnPaper paper = row_of_eight();
    Storm storm;
    // Reaches:   west [0, 4), middle [2, 6), nobody 6; the last cell had no service.
    storm.site("west", "A", {2, 0.5}, 2, Status::down);
    storm.site("middle", "A", {4, 0.5}, 2, Status::up);
    storm.over(paper);
    const StudyResult result = paper.result();
    CHECK(people(result.event->total.of_question[0].lost()) == 1 + 2);
    CHECK(result.event->outlook.total.of_question[0].spread.mean == Approx(3));
    CHECK(result.event->outlook.total.without_site.value() == 7);
    CHECK(result.event->total.of_question[0].unclear() == LedgerAmount{});
}

TEST_CASE("The map of people in the dark adds up to what the communes were told, raked or not") {
    for (const bool raked : {false, true}) {
        StudyOnPaper paper{{"1234", "5678"}};
        paper.layer("4g", "A", raster_of({"####", "###."}, "4g"));
        paper.commune("1", rectangle(0, 0, 2.25, 2));
        paper.commune("2", rectangle(2.25, 0, 4, 2));
        // Raked, a cut cell would be scaled as a whole; at 4 parts a side the border lies between cells.
        paper.study.refine = raked ? 4 : 2;
        if (raked) {
            paper.study.population.adjust_to = "official";
            for (Zone& zone : paper.sources.zones) zone.official_people = 100;
        }
        Storm storm;
        storm.input.hours = {6};
        storm.site("west", "A", {1, 1}, 1.3, Status::unknown).power_lost_hours = 0;
        storm.site("east", "A", {3, 1}, 1.8, Status::down);
        storm.over(paper);
        for (const std::int32_t side : {512, 2}) {
            const Plan plan = paper.plan(side);
            MemoryScratch scratch;
            RunOptions options;
            options.scratch = &scratch;
            double sum = 0;
            options.dark = [&](Window, std::span<const float> dark) {
                for (const float people : dark) sum += static_cast<double>(people);
            };
            const StudyResult result = run(plan, paper.sources, options);
            REQUIRE_FALSE(result.event->outlook.certain);
            const auto& total = result.event->outlook.total.of_question[0];
            REQUIRE(total.spread.mean > total.certain.value());
            // The last cell never had service: it is dark, but not lost.
            const double never = result.event->total.of_question[0].before().unserved.people.value();
            REQUIRE(never > 0);
            CHECK(sum == Approx(total.spread.mean + never).epsilon(1e-6));
        }
    }
}

TEST_CASE("Cells that lost their service form dead zones of their own") {
    StudyOnPaper paper{{"1111", "1111", "1111"}};
    paper.layer("4g", "", raster_of({"####", "##..", "####"}, "4g"));
    paper.commune("1", rectangle(0, 0, 4, 3));
    Storm storm;
    storm.after("4g", "", {".###", "##..", "##.."});
    storm.over(paper);
    const Plan plan = paper.plan();
    const StudyResult result = run(plan, paper.sources);
    REQUIRE(result.dead_zones.size() == 2);
    CHECK(plan.dead_zones[1].input.name == "no_mobile_lost");
    // What was dark before is no part of what the storm took, though they touch.
    REQUIRE(result.dead_zones[1].zones.size() == 2);
    CHECK(result.dead_zones[1].zones[0].people.value() == 2);
    CHECK(result.dead_zones[1].zones[0].first_cell == 10);
    CHECK(result.dead_zones[1].zones[1].people.value() == 1);
    CHECK(result.dead_zones[1].unserved.value() == 3);
    REQUIRE(result.dead_zones[0].zones.size() == 1);
    CHECK(result.dead_zones[0].zones[0].people.value() == 2);
}

TEST_CASE("Groups of shared fate against every cell of random studies on its own") {
    std::mt19937_64 random{10};
    std::uniform_real_distribution<double> unit{0, 1};
    for (int round = 0; round < 20; ++round) {
        constexpr std::int32_t side = 20;
        StudyOnPaper paper{{"1"}};
        std::vector<double> counts(side * side);
        for (double& value : counts) value = std::floor(10 * unit(random));
        std::vector<double> before(side * side);
        for (double& value : before) value = unit(random) < 0.8 ? 1 : 0;
        paper.sources.population = std::make_shared<MemoryRaster>(
            RasterDescription{"people", unit_grid(side, side), "plane", 1, 1, false}, counts);
        paper.layer("4g", "",
                    std::make_shared<MemoryRaster>(
                        RasterDescription{"4g", unit_grid(side, side), "plane", 1, 1, false}, before));
        paper.commune("1", rectangle(0, 0, side, side));
        Storm storm;
        for (int i = 0; i < 12; ++i) {
            storm.site("s" + std::to_string(i), "", {22 * unit(random) - 1, 22 * unit(random) - 1},
                       1 + 6 * unit(random), unit(random) < 0.7 ? Status::down : Status::up);
        }
        storm.over(paper);
        const StudyResult result = run(paper.plan(round % 2 == 0 ? 512 : 7), paper.sources);

        double lost = 0;
        for (std::int32_t row = 0; row < side; ++row) {
            for (std::int32_t column = 0; column < side; ++column) {
                const std::size_t i = unit_grid(side, side).window().index_of({row, column});
                if (before[i] == 0) continue;
                const Point centre = centre_of(unit_grid(side, side), {row, column});
                bool reached = false;
                bool alive = false;
                for (const SiteRecord& site : storm.sources.sites->sites) {
                    const double away = std::hypot(site.position.x - centre.x, site.position.y - centre.y);
                    if (away > site.radius_m) continue;
                    reached = true;
                    alive = alive || site.status == Status::up;
                }
                if (reached && !alive) lost += counts[i];
            }
        }
        CHECK(people(result.event->total.of_question[0].lost()) == lost);
        CHECK(result.event->outlook.total.of_question[0].certain.value() == lost);
    }
}

TEST_CASE(
    "A site table whose technology has no layer says so, and an event with too many layers is refused") {
    StudyOnPaper paper = row_of_eight();
    Storm storm;
    storm.site("west", "B", {2, 0.5}, 2, Status::down);
    storm.over(paper);
    const StudyResult result = paper.result();
    CHECK(std::any_of(result.problems.begin(), result.problems.end(), [](const Problem& problem) {
        return problem.what.find("\"4g B\" has no coverage layer") != std::string::npos;
    }));
    CHECK(people(result.event->total.of_question[0].lost()) == 0);

    StudyOnPaper wide{{"1"}};
    for (int i = 0; i < 17; ++i)
        wide.layer("4g", std::string(1, static_cast<char>('a' + i)), raster_of({"#"}, "4g"));
    wide.commune("1", rectangle(0, 0, 1, 1));
    Storm all;
    all.damage({{rectangle(0, 0, 1, 1), 1, {}}}, "flood");
    all.over(wide);
    CHECK_THROWS_AS(wide.plan(), LimitError);
}

}  // namespace phusong::test
