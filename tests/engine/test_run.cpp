#include "engine/run.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <string>

#include "engine/errors.hpp"
#include "tests/engine/study_on_paper.hpp"

namespace phusong::test {

TEST_CASE("A hundred people, 40 % of their cell covered by a finer map: 40 are served") {
    // One population cell; the coverage map cuts it 5 x 5.
    StudyOnPaper paper{{"1"}};
    paper.sources.population = std::make_shared<MemoryRaster>(
        RasterDescription{"people", unit_grid(1, 1), "plane", 1, 1, false}, std::vector<double>{100});
    paper.layer("4g", "",
                raster_of({"##...", "##...", "##...", "##...", "##..."}, "4g", {0, 1, 0.2, 0.2, 5, 5}));
    paper.commune("1", rectangle(0, 0, 1, 1));
    const Plan plan = paper.plan();
    CHECK(plan.refine == 5);
    CHECK(plan.alignments[0].kind == Alignment::Kind::same_lattice);
    const StudyResult result = run(plan, paper.sources);
    CHECK(result.total.technologies[0].any_operator.served.people.value() == Approx(40).margin(1e-6));
    CHECK(result.total.technologies[0].any_operator.people().value() == 100);

    // By the cell's centre alone it is nobody or everybody: here the centre is not covered.
    paper.study.refine = 1;
    CHECK(run(paper.plan(), paper.sources).total.technologies[0].any_operator.served.people.value() == 0);
}

TEST_CASE("Any operator, best operator and all operators of one drawn province") {
    StudyOnPaper paper{{"1234",  //
                        "5678"}};
    paper.layer("4g", "A", raster_of({"##..", "#..."}, "a"));
    paper.layer("4g", "B", raster_of({".##.", "?..."}, "b"));
    paper.commune("1", rectangle(0, 0, 2, 2));
    paper.commune("2", rectangle(2, 0, 4, 2));
    const StudyResult result = paper.result();
    const TechnologyResult& west = commune_of(result, "1").technologies[0];
    CHECK(west.any_operator.served.people.value() == 1 + 2 + 5);
    CHECK(west.any_operator.unserved.people.value() == 6);
    CHECK(west.any_operator.unknown.people.value() == 0);
    CHECK(west.of_operator[1].unknown.people.value() == 5);
    CHECK(west.best_operator == 0);
    CHECK(west.all_operators.served.people.value() == 2);
    CHECK(west.all_operators.unknown.people.value() == 5);
    CHECK(west.served_by[0].value() == 6);
    CHECK(west.served_by[1].value() == 1 + 5);
    CHECK(west.served_by[2].value() == 2);
    CHECK(commune_of(result, "2").technologies[0].best_operator == 1);
    const TechnologyResult& all = result.total.technologies[0];
    CHECK(all.any_operator.served.people.value() == 11);
    CHECK(all.of_operator[all.best_operator].served.people.value() == 8);
    CHECK(result.balance.holds());
    CHECK(result.balance.communes.value() == 36);
}

TEST_CASE("Beyond the edge of a coverage map service is unknown, not absent") {
    StudyOnPaper paper{{"1111"}};
    paper.layer("4g", "", raster_of({"#."}, "half", unit_grid(1, 2)));
    paper.commune("1", rectangle(0, 0, 4, 1));
    const Answer answer = paper.result().total.technologies[0].any_operator;
    CHECK(answer.served.people.value() == 1);
    CHECK(answer.unserved.people.value() == 1);
    CHECK(answer.unknown.people.value() == 2);
    CHECK(share_of_people(answer).low == 0.25);
    CHECK(share_of_people(answer).high == 0.75);
}

TEST_CASE("Combinations: 4g without 5g, and no mobile at all, with unknowns kept apart") {
    StudyOnPaper paper{{"1248"}};
    paper.layer("4g", "", raster_of({"##.."}, "4g"));
    paper.layer("5g", "", raster_of({"#..?"}, "5g"));
    paper.commune("1", rectangle(0, 0, 4, 1));
    const Plan plan = paper.plan();
    const StudyResult result = run(plan, paper.sources);
    REQUIRE(plan.combinations.size() == 3);
    CHECK(plan.combinations[0].name == "no_mobile");
    CHECK(result.total.combinations[0].served.people.value() == 4);
    CHECK(result.total.combinations[0].unknown.people.value() == 8);
    CHECK(plan.combinations[2].name == "4g_without_5g");
    CHECK(result.total.combinations[2].served.people.value() == 2);
    CHECK(result.total.combinations[2].unknown.people.value() == 0);
}

TEST_CASE("A share layer counts parts of the households, its unknown stays unknown") {
    StudyOnPaper paper{{"444"}};
    RasterDescription description{"fibre", unit_grid(1, 3), "plane", 1, 1, false};
    auto& input = paper.layer(
        "fibre", "", std::make_shared<MemoryRaster>(description, std::vector<double>{0.25, std::nan(""), 1}));
    input.rule.kind = ServiceRule::Kind::share;
    paper.commune("1", rectangle(0, 0, 3, 1));
    const TechnologyResult fibre = paper.result().total.technologies[0];
    CHECK(fibre.any_operator.served.people.value() == 1 + 4);
    CHECK(fibre.any_operator.unserved.people.value() == 3);
    CHECK(fibre.any_operator.unknown.people.value() == 4);
    CHECK(fibre.yes_no.served.people.value() == 4);
}

TEST_CASE("Raking makes every commune equal its official number, and scales the answers alike") {
    StudyOnPaper paper{{"13", "13"}};
    paper.study.population.adjust_to = "official";
    paper.layer("4g", "", raster_of({"#.", ".."}, "4g"));
    paper.commune("1", rectangle(0, 0, 1, 2));
    paper.commune("2", rectangle(1, 0, 2, 2));
    paper.sources.zones[0].official_people = 7;
    paper.sources.zones[1].official_people = 3;
    const StudyResult result = paper.result();
    CHECK(commune_of(result, "1").people->value() == 7);
    CHECK(*commune_of(result, "1").raking_factor == 3.5);
    CHECK(commune_of(result, "1").technologies[0].any_operator.served.people.value() == 3.5);
    CHECK(commune_of(result, "2").people->value() == 3);
    CHECK(result.total.people->value() == 10);
    CHECK(result.total.raster_people.value() == 8);
    CHECK(result.balance.raster.value() == 8);
    CHECK(result.balance.holds());
}

TEST_CASE("A commune with nobody in the raster but people officially is unknown and said") {
    StudyOnPaper paper{{"10"}};
    paper.study.population.adjust_to = "official";
    paper.layer("4g", "", raster_of({"##"}, "4g"));
    paper.commune("1", rectangle(0, 0, 1, 1));
    paper.commune("20333", rectangle(1, 0, 2, 1));
    paper.sources.zones[0].official_people = 1;
    paper.sources.zones[1].official_people = 50;
    const StudyResult result = paper.result();
    CHECK_FALSE(commune_of(result, "20333").people);
    REQUIRE(result.problems.size() == 1);
    CHECK(result.problems[0].subject == "commune 20333 Xã 20333");
    CHECK(result.problems[0].affected == Persons::round(50));
}

TEST_CASE("A commune outside the raster has unknown people, one that is half in says so") {
    StudyOnPaper paper{{"11"}};
    paper.layer("4g", "", raster_of({"##"}, "4g"));
    paper.commune("far", rectangle(50, 50, 51, 51));
    paper.commune("half", rectangle(1, 0, 3, 1));
    paper.commune("in", rectangle(0, 0, 1, 1));
    const StudyResult result = paper.result();
    CHECK_FALSE(commune_of(result, "far").people);
    CHECK(commune_of(result, "half").people->value() == 1);
    CHECK(commune_of(result, "half").inside_raster == Approx(0.5));
    CHECK(commune_of(result, "in").inside_raster == 1);
    CHECK(result.problems.size() == 2);
}

TEST_CASE(
    "Communes of a long coast that leave the raster are told in one line, with the one that loses most") {
    StudyOnPaper paper{{std::string(11, '1')}};
    paper.layer("4g", "", raster_of({std::string(11, '#')}, "4g"));
    for (int i = 0; i < 11; ++i) {
        // The sixth reaches half a cell above the raster, the others a tenth.
        paper.commune("c" + std::to_string(i), rectangle(i, 0, i + 1, i == 5 ? 1.5 : 1.1));
    }
    const StudyResult result = paper.result();
    REQUIRE(result.problems.size() == 1);
    CHECK(result.problems[0].subject == "11 communes");
    CHECK(result.problems[0].what ==
          "lie partly outside the population raster 'people', most of all c5 Xã c5: about 33 % of its "
          "area; "
          "people there are not counted");
}

TEST_CASE("Totals count the people of overlapping communes once") {
    StudyOnPaper paper{{"123"}};
    paper.layer("4g", "", raster_of({"###"}, "4g"));
    paper.commune("1", rectangle(0, 0, 2, 1));
    paper.commune("2", rectangle(1, 0, 3, 1));
    const StudyResult result = paper.result();
    CHECK(commune_of(result, "1").people->value() == 3);
    CHECK(commune_of(result, "2").people->value() == 5);
    CHECK(result.total.people->value() == 6);
    CHECK(result.total.technologies[0].any_operator.served.people.value() == 6);
    CHECK(result.balance.twice.value() == 2);
    CHECK(result.balance.holds());
}

TEST_CASE("Densities become people by the cell's area") {
    StudyOnPaper paper{{"5"}};
    paper.study.population.values = PopulationInput::Values::people_per_km2;
    paper.sources.population = std::make_shared<MemoryRaster>(
        RasterDescription{"people", {0, 2000, 2000, 2000, 1, 1}, "plane", 1, 1, false},
        std::vector<double>{5});
    paper.layer("4g", "", raster_of({"#"}, "4g", {0, 2000, 2000, 2000, 1, 1}));
    paper.commune("1", rectangle(0, 0, 2000, 2000));
    CHECK(paper.result().total.people->value() == 20);
}

TEST_CASE("Values that cannot be are refused with the value, the count and the file") {
    const auto message = [](const StudyOnPaper& paper) -> std::string {
        try {
            static_cast<void>(paper.result());
        } catch (const InputError& error) {
            return error.what();
        }
        return "";
    };
    StudyOnPaper negative{{"1"}};
    negative.sources.population =
        std::make_shared<MemoryRaster>(RasterDescription{"people.tif", unit_grid(1, 3), "plane", 1, 1, false},
                                       std::vector<double>{-5, 2, -5});
    negative.layer("4g", "", raster_of({"###"}, "4g"));
    negative.commune("1", rectangle(0, 0, 3, 1));
    CHECK_THAT(message(negative), Catch::Contains("people.tif") && Catch::Contains("-5 in 2 cells"));

    StudyOnPaper classes{{"111"}};
    auto& input = classes.layer("4g", "", raster_of({"#7."}, "4g"));
    input.rule.kind = ServiceRule::Kind::classes;
    input.rule.served = {1};
    input.rule.unserved = {0};
    classes.commune("1", rectangle(0, 0, 3, 1));
    CHECK_THAT(message(classes), Catch::Contains("4g.tif") && Catch::Contains("7 in 1 cell"));
}

TEST_CASE("The sampling error is zero on one lattice and grows with the ragged border otherwise") {
    StudyOnPaper exact{{"9999", "9999"}};
    exact.layer("4g", "", raster_of({"##..", "##.."}, "4g"));
    exact.commune("1", rectangle(0, 0, 4, 2));
    CHECK(exact.result().total.technologies[0].sampling_error == 0);

    StudyOnPaper shifted{{"9999", "9999"}};
    shifted.layer("4g", "", raster_of({"##..", "##.."}, "4g", {0.3, 2.3, 1, 1, 2, 4}));
    shifted.commune("1", rectangle(0, 0, 4, 2));
    const StudyResult result = shifted.result();
    CHECK(result.total.technologies[0].sampling_error > 0);
    CHECK(result.total.technologies[0].sampling_error < 9);
}

}  // namespace phusong::test
