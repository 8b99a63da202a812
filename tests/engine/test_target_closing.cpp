#include "engine/target_closing.hpp"

#include <catch2/catch.hpp>

#include "engine/memory_scratch.hpp"
#include "tests/engine/study_on_paper.hpp"

namespace phusong::test {
namespace {

constexpr std::int64_t percent = 1'000'000;

Persons heads(double count) {
    return Persons::round(count);
}

/// Of 17 people 5 are served. In commune A x reaches 3; in B y reaches 9, z 7 of them.
struct Street {
    StudyOnPaper paper{{"5.3.72"}};

    Street() {
        paper.commune("A", rectangle(0, 0, 3, 1));
        paper.commune("B", rectangle(3, 0, 6, 1));
        paper.layer("5g", "", raster_of({"#....."}, "5g"));
        paper.study.refine = 1;
        paper.study.dead_zones = std::vector<DeadZoneInput>{};
        paper.study.rollout = RolloutInput{};
        paper.study.rollout->technology = "5g";
        paper.sources.rollout_candidates = CandidatesSource{};
        paper.sources.rollout_candidates->candidates = {{"x", {2.5, 0.5}, 0.4, Cost::round(3), false},
                                                        {"y", {5, 0.5}, 0.6, Cost::round(2), false},
                                                        {"z", {4.5, 0.5}, 0.4, Cost::round(1), false}};
    }
    TargetInput& target(std::int64_t level) {
        TargetInput input;
        input.technology = "5g";
        input.millionths = level * percent;
        paper.study.targets.push_back(input);
        return paper.study.targets.back();
    }
    StudyResult result(std::size_t threads = 1) {
        MemoryScratch scratch;
        RunOptions options;
        options.scratch = &scratch;
        options.threads = threads;
        return run(paper.plan(), paper.sources, options);
    }
};

std::vector<CandidateNumber> sites_of(const TargetClosing& closing) {
    std::vector<CandidateNumber> sites;
    for (const CoverageStep& step : closing.sites) sites.push_back(step.candidate);
    return sites;
}

using Sites = std::vector<CandidateNumber>;

}  // namespace

TEST_CASE("Every commune is told the cheapest sites that bring it to a target") {
    Street street;
    street.target(70);  // 5.6 of 8 people in A, 6.3 of 9 in B, 11.9 of 17 in all
    const StudyResult result = street.result();
    const TargetClosings& closings = result.closings.at(0);
    CHECK(sites_of(closings.communes[0].value()) == Sites{0});
    CHECK(sites_of(closings.communes[1].value()) == Sites{2});
    CHECK(closings.communes[1]->cost == Cost::round(1));
    CHECK(closings.communes[1]->bound == Cost::round(1));
    CHECK(sites_of(closings.everything.value()) == Sites{2});  // 5 + 7
    CHECK_FALSE(closings.provinces[0]);
}

TEST_CASE("A place at its target needs nothing, one beyond reach says by how many") {
    Street street;
    street.target(60);  // 4.8 of 8 in A
    CHECK(street.result().closings[0].communes[0]->sites.empty());
    street.paper.sources.rollout_candidates->candidates.erase(
        street.paper.sources.rollout_candidates->candidates.begin());
    street.target(100);
    const StudyResult result = street.result();
    const TargetClosing& closing = result.closings[1].communes[0].value();
    CHECK(closing.sites.empty());
    CHECK(closing.beyond_reach == heads(3));
    CHECK(result.closings[1].everything->beyond_reach == heads(3));
    CHECK(sites_of(*result.closings[1].everything) == Sites{0});  // y of the two that are left
}

TEST_CASE("Provinces are closed where the target is theirs") {
    Street street;
    street.target(70).scope = TargetInput::Scope::province;
    const StudyResult result = street.result();
    CHECK(sites_of(result.closings[0].provinces[0].value()) == Sites{2});
    CHECK_FALSE(result.closings[0].everything);
}

TEST_CASE("Sites are not looked for where the target is of something else") {
    Street street;
    street.paper.layer("4g", "", raster_of({"......"}, "4g"));
    street.target(70).rule = TargetInput::Rule::best_operator;
    street.target(70).technology = "4g";
    const StudyResult result = street.result();
    for (const TargetClosings& closings : result.closings) {
        CHECK_FALSE(closings.communes[0]);
        CHECK_FALSE(closings.everything);
    }
}

TEST_CASE("The same sites on any number of threads") {
    Street street;
    street.target(90);
    const StudyResult one = street.result(1);
    const StudyResult four = street.result(4);
    for (std::size_t zone = 0; zone < 2; ++zone) {
        CHECK(one.closings[0].communes[zone]->sites == four.closings[0].communes[zone]->sites);
    }
}

TEST_CASE("The largest dead zones close a gap with the fewest of them") {
    CHECK(dead_zones_to_close({heads(2), heads(9), heads(4)}, heads(10)) == 2U);
    CHECK(dead_zones_to_close({heads(2), heads(9), heads(4)}, heads(9)) == 1U);
    CHECK(dead_zones_to_close({heads(2), heads(9), heads(4)}, heads(15)) == 3U);
    CHECK(dead_zones_to_close({}, Persons{}) == 0U);
    CHECK_FALSE(dead_zones_to_close({heads(2), heads(9), heads(4)}, heads(16)));
}

}  // namespace phusong::test
