#include <catch2/catch.hpp>
#include <optional>
#include <random>
#include <vector>

#include "algorithms/planning/cost_curve.hpp"
#include "tests/algorithms/planning/random_coverage.hpp"

namespace phusong::test {
namespace {

/// Four villages, the smaller the farther; a mast costs the same everywhere.
CoverageInstance villages() {
    std::vector<CoverageCandidate> candidates(4, {Cost::round(100), 0, false});
    candidates[0].locked_in = true;
    return CoverageInstance{candidates, std::vector<CoverageGroup>{{0, Persons::round(1000), {0}},
                                                                   {0, Persons::round(200), {2}},
                                                                   {0, Persons::round(50), {1, 2}},
                                                                   {0, Persons::round(400), {1}},
                                                                   {0, Persons::round(5), {3}}}};
}

}  // namespace

TEST_CASE("Each point of the cost curve adds the people of its step to those before") {
    const std::vector<CostCurvePoint> curve = cost_curve(villages());
    REQUIRE(curve.size() == 3);
    CHECK(curve[0].step == CoverageStep{1, Cost::round(100), Persons::round(450)});
    CHECK(curve[0].covered == Persons::round(1450));
    CHECK(curve[0].people_per_cost() == 4.5);
    CHECK(curve[1].step == CoverageStep{2, Cost::round(100), Persons::round(200)});
    CHECK(curve[2].step == CoverageStep{3, Cost::round(100), Persons::round(5)});
    CHECK(curve[2].cost == Cost::round(300));
    CHECK(curve[2].covered == Persons::round(1655));
}

TEST_CASE("An alternative is cheaper from the first step on whose people cost more") {
    const std::vector<CostCurvePoint> curve = cost_curve(villages());
    CHECK(first_step_dearer_than(Cost::round(1), curve) == std::optional<std::size_t>{2});
    // 0.5 for each is exactly what the second step costs: no reason to prefer the alternative yet.
    CHECK(first_step_dearer_than(Cost::round(0.5), curve) == std::optional<std::size_t>{2});
    CHECK(first_step_dearer_than(Cost::round(0.4999), curve) == std::optional<std::size_t>{1});
    CHECK(first_step_dearer_than(Cost{}, curve) == std::optional<std::size_t>{0});
    CHECK(first_step_dearer_than(Cost::round(20), curve) == std::nullopt);
    CHECK(first_step_dearer_than(Cost{}, {}) == std::nullopt);
}

TEST_CASE("The cost of covering so many people takes parts of a step in proportion") {
    const std::vector<CostCurvePoint> curve = cost_curve(villages());  // 1000 already, then 450, 200, 5
    CHECK(cost_to_cover(Persons::round(1000), curve) == Cost{});
    CHECK(cost_to_cover(Persons::round(3), curve) == Cost{});
    CHECK(cost_to_cover(Persons::round(1045), curve) == Cost::round(10));
    CHECK(cost_to_cover(Persons::round(1450), curve) == Cost::round(100));
    CHECK(cost_to_cover(Persons::round(1550), curve) == Cost::round(150));
    CHECK(cost_to_cover(Persons::round(1655), curve) == Cost::round(300));
    CHECK_FALSE(cost_to_cover(Persons::round(1656), curve));
    CHECK_FALSE(cost_to_cover(Persons{}, {}));
}

TEST_CASE("The price of a person never falls along the cost curve, which ends at all who can be covered") {
    std::mt19937 random{12};
    for (int i = 0; i < 20; ++i) {
        const CoverageInstance instance =
            random_instance({.candidates = 15, .groups = 50, .locked_in = 2}, random);
        const std::vector<CostCurvePoint> curve = cost_curve(instance);
        for (std::size_t k = 1; k < curve.size(); ++k)
            CHECK(curve[k].people_per_cost() <= curve[k - 1].people_per_cost());
        REQUIRE_FALSE(curve.empty());
        CHECK(curve.back().covered == EveryChoice{instance}.covered(~Choice{0}));
    }
}

}  // namespace phusong::test
