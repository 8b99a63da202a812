#include "engine/place_answers.hpp"

#include <catch2/catch.hpp>

#include "tests/engine/study_on_paper.hpp"

namespace phusong::test {

TEST_CASE("Of operators that serve equally many the first one of the study is the best") {
    StudyOnPaper paper{{"55"}};
    paper.layer("4g", "A", raster_of({"#."}, "a"));
    paper.layer("4g", "B", raster_of({".#"}, "b"));
    paper.commune("1", rectangle(0, 0, 2, 1));
    CHECK(commune_of(paper.result(), "1").technologies[0].best_operator == 0);
}

TEST_CASE("People of overlapping communes count once in a total, before raking too") {
    StudyOnPaper paper{{"124"}};
    paper.layer("4g", "", raster_of({"###"}, "4g"));
    paper.commune("1", rectangle(0, 0, 2, 1));
    paper.commune("2", rectangle(1, 0, 3, 1));
    const StudyResult result = paper.result();
    CHECK(commune_of(result, "1").raster_people.value() + commune_of(result, "2").raster_people.value() == 9);
    CHECK(result.total.raster_people.value() == 7);
}

TEST_CASE("Sampling errors of places are independent: 3 and 4 people are 5 together") {
    StudyOnPaper paper{{"12"}};
    paper.layer("4g", "", raster_of({"#."}, "4g"));
    paper.commune("1", rectangle(0, 0, 1, 1));
    paper.commune("2", rectangle(1, 0, 2, 1));
    const Plan plan = paper.plan();
    StudyResult result = run(plan, paper.sources);
    result.communes[0].technologies[0].sampling_error = 3;
    result.communes[1].technologies[0].sampling_error = 4;
    PlaceResult total;
    RollUp sum{plan, total};
    for (const PlaceResult& commune : result.communes) sum.add(commune);
    CHECK(total.technologies[0].sampling_error == 5);
}

TEST_CASE("Parts of households that round up serve no more people than there are") {
    StudyOnPaper paper{{"5"}};
    paper.layer("fibre", "", raster_of({"#"}, "fibre")).rule.kind = ServiceRule::Kind::share;
    paper.commune("1", rectangle(0, 0, 1, 1));
    ZoneLedger zone;
    zone.rows = {{{0, ServiceState{}.with(0, Service::served)}, {Persons::round(5), Area::round(1)}}};
    zone.served_by_share = {Persons::round(5) + Persons::of_units(1)};
    PlaceResult place;
    answer_questions(paper.plan(), zone, {}, place);
    const Answer& answer = place.technologies[0].any_operator;
    CHECK(answer.served.people == Persons::round(5));
    CHECK(answer.unserved.people == Persons{});
}

}  // namespace phusong::test
