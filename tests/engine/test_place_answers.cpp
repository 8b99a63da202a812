#include "engine/place_answers.hpp"

#include <catch2/catch.hpp>
#include <vector>

#include "engine/dead_zone_ranking.hpp"
#include "engine/memory_scratch.hpp"
#include "engine/tile_record.hpp"
#include "engine/unserved_cells.hpp"
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

TEST_CASE("What overlapping communes hold twice of the unlisted zones counts once in the remainder") {
    StudyOnPaper paper{{"5"}};
    paper.layer("4g", "", raster_of({"."}, "4g"));
    paper.commune("1", rectangle(0, 0, 1, 1));
    const Plan plan = paper.plan();
    Patches::Canonical canonical;
    canonical.remainder.patches = 1;
    canonical.remainder.parts.add({0, {}}, {Persons::round(10), Area::round(2)});
    canonical.remainder.parts.add({counted_twice, {}}, {Persons::round(3), Area::round(1)});
    const PlaceResult commune;
    const DeadZones found =
        rank_dead_zones(plan, 0, Patches{plan.tiling, true, canonical}, {&commune}, Persons::round(7));
    CHECK(found.remainder.people == found.unserved);
}

TEST_CASE("Where service is unknown nobody is taken for unserved") {
    StudyOnPaper paper{{"123"}};
    paper.layer("4g", "", raster_of({".?#"}, "4g"));
    paper.commune("1", rectangle(0, 0, 3, 1));
    TileRecord record;
    record.study_window = {0, 0, 1, 3};
    record.states = {{0, 0, 1, ServiceState{}},
                     {0, 1, 2, ServiceState{}.with(0, Service::unknown)},
                     {0, 2, 3, ServiceState{}.with(0, Service::served)}};
    record.owners = {{0, 0, 3, 0}};
    record.population = {Persons::round(1), Persons::round(2), Persons::round(3)};
    MemoryScratch scratch;
    const Plan plan = paper.plan();
    TileRecords records{scratch, plan};
    records.put(0, encode(record));
    std::vector<std::int32_t> columns;
    const std::vector<std::size_t> layers{0};
    each_unserved_run(
        plan, records, layers, nullptr, [](Window) {},
        [&](const UnservedRun& run) {
            for (std::int32_t column = run.first; column < run.end; ++column) columns.push_back(column);
        });
    CHECK(columns == std::vector<std::int32_t>{0});
}

}  // namespace phusong::test
