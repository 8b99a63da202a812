#include "algorithms/planning/coverage_instance.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>
#include <vector>

#include "algorithms/planning/coverage_choice.hpp"
#include "tests/algorithms/planning/random_coverage.hpp"

namespace phusong::test {
namespace {

using Numbers = std::vector<CandidateNumber>;
using Groups = std::vector<CoverageInstance::GroupNumber>;

}  // namespace

TEST_CASE("A cost keeps four decimals, and adds up as on paper") {
    Cost sum;
    for (int i = 0; i < 10; ++i) sum += Cost::round(0.1);
    CHECK(sum == Cost::round(1));
    CHECK(Cost::round(1234.5678).units() == 12'345'678);
    CHECK(Cost::round(3) / Cost::round(2) == 1.5);
    CHECK_THROWS_AS(Cost::round(1e15), QuantityOverflow);
    CHECK_THROWS_AS(Cost::of_units(INT64_MAX) + Cost::of_units(1), QuantityOverflow);
}

TEST_CASE("A coverage instance is read from groups to candidates and back") {
    const CoverageInstance instance{
        std::vector<CoverageCandidate>(3),
        std::vector<CoverageGroup>{
            {0, Persons::round(5), {0, 2}}, {1, Persons::round(7), {}}, {1, Persons::round(9), {2}}}};
    CHECK(std::ranges::equal(instance.candidates_of(0), Numbers{0, 2}));
    CHECK(instance.candidates_of(1).empty());
    CHECK(std::ranges::equal(instance.groups_of(0), Groups{0}));
    CHECK(instance.groups_of(1).empty());
    CHECK(std::ranges::equal(instance.groups_of(2), Groups{0, 2}));
    CHECK(instance.incidence_count() == 3);
    CHECK(instance.everybody() == Persons::round(21));
    CHECK(instance.covered_by(Numbers{0, 2}) == Persons::round(14));
}

TEST_CASE("Serving groups are a coverage instance as they stand") {
    ServingGroups groups;
    groups.add(1, Numbers{0, 1}, Persons::round(3));
    groups.add(0, Numbers{1}, Persons::round(4));
    groups.add(0, Numbers{}, Persons::round(5));
    const auto rows = groups.rows();
    const CoverageInstance instance{std::vector<CoverageCandidate>(2), groups.sets(), rows};
    REQUIRE(instance.group_count() == 3);
    CHECK(instance.covered_by(Numbers{0}) == Persons::round(3));
    CHECK(instance.covered_by(Numbers{1}) == Persons::round(7));
    CHECK(instance.zone(2) == 1);
}

TEST_CASE("The open part leaves out whom what is locked in covers, and whom nothing can") {
    std::vector<CoverageCandidate> candidates(2);
    candidates[0].locked_in = true;
    const CoverageInstance instance{candidates, std::vector<CoverageGroup>{{0, Persons::round(1), {0, 1}},
                                                                           {1, Persons::round(2), {0}},
                                                                           {1, Persons::round(4), {1}},
                                                                           {0, Persons::round(8), {}}}};
    CHECK(instance.covered_already() == Persons::round(3));
    CHECK(instance.covered_already_by_zone(2) == std::vector{Persons::round(1), Persons::round(2)});
    const CoverageInstance open = instance.open_part();
    CHECK(open.everybody() == Persons::round(4));
    CHECK(open.candidate_count() == 2);
    CHECK(open.groups_of(0).empty());
}

TEST_CASE("A choice knows what every candidate is worth, whatever came and went") {
    std::mt19937 random{11};
    const CoverageInstance instance = random_instance({}, random);
    const EveryChoice every{instance};
    CoverageChoice choice{instance};
    Choice on = 0;
    for (int i = 0; i < 200; ++i) {
        const auto j = static_cast<CandidateNumber>(random() % instance.candidate_count());
        if (choice.holds(j))
            choice.drop(j);
        else
            choice.add(j);
        on ^= Choice{1} << j;
        REQUIRE(choice.covered() == every.covered(on));
        for (std::size_t k = 0; k < instance.candidate_count(); ++k) {
            const Choice with = on | Choice{1} << k;
            const Choice without = on & ~(Choice{1} << k);
            REQUIRE(choice.worth(static_cast<CandidateNumber>(k)) ==
                    every.covered(with) - every.covered(without));
        }
    }
}

}  // namespace phusong::test
