#include "algorithms/planning/coverage_plan.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>
#include <random>
#include <set>
#include <vector>

#include "algorithms/planning/coverage_bound.hpp"
#include "tests/algorithms/planning/random_coverage.hpp"

namespace phusong::test {
namespace {

bool within(const CoverageInstance& instance, const CoverageLimit& limit, Choice choice) {
    RoomLeft room{instance, limit};
    for (std::size_t i = 0; i < instance.candidate_count(); ++i) {
        const auto j = static_cast<CandidateNumber>(i);
        if ((choice >> i & 1) == 0) continue;
        if (!room.fits(j)) return false;
        room.take(j);
    }
    return true;
}

Persons best_of_all(const CoverageInstance& instance, const CoverageLimit& limit) {
    const EveryChoice every{instance};
    Persons best;
    every.each([&](Choice choice) {
        if (within(instance, limit, choice)) best = std::max(best, every.covered(choice));
    });
    return best;
}

std::vector<CoverageLimit> some_limits() {
    return {CoverageLimit::budget(Cost::round(7)),
            CoverageLimit::budget(Cost{}),
            CoverageLimit::budget(Cost::round(12.5)),
            CoverageLimit::sites(0),
            CoverageLimit::sites(1),
            CoverageLimit::sites(4),
            CoverageLimit::sites(99),
            CoverageLimit::one_per_zone()};
}

std::vector<CandidateNumber> candidates_of(const CoveragePlan& plan) {
    std::vector<CandidateNumber> candidates;
    for (const CoverageStep& step : plan.steps) candidates.push_back(step.candidate);
    return candidates;
}

/// Three sites in a row that share people, as villages on a road: 0 takes the first two thirds, 1 the middle,
/// 2 the last third and beyond.
CoverageInstance road(const std::vector<double>& costs) {
    std::vector<CoverageCandidate> candidates;
    for (const double cost : costs) candidates.push_back({Cost::round(cost), 0, false});
    return CoverageInstance{candidates, std::vector<CoverageGroup>{{0, Persons::round(60), {0}},
                                                                   {0, Persons::round(50), {0, 1}},
                                                                   {0, Persons::round(55), {1, 2}},
                                                                   {0, Persons::round(40), {2}}}};
}

}  // namespace

TEST_CASE("People whom two sites of a plan reach are counted once") {
    const CoveragePlan plan = maximum_coverage(road({1, 1, 1}), CoverageLimit::sites(2));
    // 0 and 2 reach everybody; 0 and 1 share 50 people.
    CHECK(candidates_of(plan) == std::vector<CandidateNumber>{0, 2});
    CHECK(plan.steps[0].people == Persons::round(110));
    CHECK(plan.steps[1].people == Persons::round(95));
    CHECK(plan.covered == Persons::round(205));
    CHECK(plan.bound == plan.covered);
    CHECK(plan.gap() == 0);
}

TEST_CASE("Under a budget two cheap sites beat a dear one that reaches more") {
    const CoveragePlan plan = maximum_coverage(road({10, 4, 5}), CoverageLimit::budget(Cost::round(10)));
    CHECK(candidates_of(plan) == std::vector<CandidateNumber>{1, 2});
    CHECK(plan.cost == Cost::round(9));
    CHECK(plan.covered == Persons::round(145));
}

TEST_CASE("One site a commune is chosen with its neighbour's in mind") {
    // Alone, 1 is the best of commune 0; beside 2, which is all that commune 1 has, it is 0.
    std::vector<CoverageCandidate> candidates{
        {Cost{}, 0, false}, {Cost{}, 0, false}, {Cost{}, 1, false}, {Cost{}, outside_every_zone, false}};
    const CoverageInstance instance{candidates, std::vector<CoverageGroup>{{0, Persons::round(60), {0}},
                                                                           {0, Persons::round(100), {1, 2}},
                                                                           {0, Persons::round(9), {3}}}};
    const CoveragePlan plan = maximum_coverage(instance, CoverageLimit::one_per_zone());
    CHECK(plan.covered == Persons::round(160));
    CHECK(plan.bound == Persons::round(160));
    REQUIRE(plan.steps.size() == 2);
    CHECK(std::set<CandidateNumber>{plan.steps[0].candidate, plan.steps[1].candidate} ==
          std::set<CandidateNumber>{0, 2});
}

TEST_CASE("Among equals the lower number is chosen") {
    const CoverageInstance instance{std::vector<CoverageCandidate>(3),
                                    std::vector<CoverageGroup>{{0, Persons::round(5), {0, 1, 2}}}};
    const CoveragePlan plan = maximum_coverage(instance, CoverageLimit::sites(1));
    CHECK(candidates_of(plan) == std::vector<CandidateNumber>{0});
}

TEST_CASE("What is locked in costs nothing, uses no room and is no step") {
    std::vector<CoverageCandidate> candidates{{Cost::round(5), 0, true}, {Cost::round(5), 0, false}};
    const CoverageInstance instance{candidates, std::vector<CoverageGroup>{{0, Persons::round(10), {0}},
                                                                           {0, Persons::round(3), {0, 1}},
                                                                           {0, Persons::round(2), {1}}}};
    for (const CoverageLimit& limit :
         {CoverageLimit::sites(1), CoverageLimit::budget(Cost::round(5)), CoverageLimit::one_per_zone()}) {
        const CoveragePlan plan = maximum_coverage(instance, limit);
        CHECK(plan.covered_already == Persons::round(13));
        CHECK(plan.steps == std::vector<CoverageStep>{{1, Cost::round(5), Persons::round(2)}});
        CHECK(plan.covered == Persons::round(15));
        CHECK(plan.bound == Persons::round(15));
    }
}

TEST_CASE("Without candidates, people or room a plan is empty and certain") {
    const std::vector<CoverageGroup> lonely{{0, Persons::round(4), {}}};
    for (const CoverageLimit& limit : some_limits()) {
        for (const CoverageInstance& instance :
             {CoverageInstance{}, CoverageInstance{{}, lonely},
              CoverageInstance{std::vector<CoverageCandidate>(2), lonely}}) {
            const CoveragePlan plan = maximum_coverage(instance, limit);
            CHECK(plan.steps.empty());
            CHECK(plan.covered == Persons{});
            CHECK(plan.bound == Persons{});
            CHECK(plan.gap() == 0);
        }
    }
    CHECK(maximum_coverage(road({1, 1, 1}), CoverageLimit::sites(0)).bound == Persons{});
    CHECK(maximum_coverage(road({1, 1, 1}), CoverageLimit::budget(Cost::round(0.5))).bound == Persons{});
}

TEST_CASE("No choice at all covers more than the bound, and no plan more than the best choice") {
    std::mt19937 random{3};
    int optimal = 0;
    int plans = 0;
    for (int i = 0; i < 25; ++i) {
        const CoverageInstance instance = random_instance(
            {.locked_in = static_cast<std::size_t>(i % 3), .equal_costs = i % 2 == 0}, random);
        for (const CoverageLimit& limit : some_limits()) {
            const Persons best = best_of_all(instance, limit);
            const CoveragePlan plan = maximum_coverage(instance, limit);
            CHECK(plan.covered <= best);
            CHECK(best <= plan.bound);
            const std::vector<CandidateNumber> chosen = candidates_of(plan);
            Choice bits = 0;
            for (const CandidateNumber j : chosen) bits |= Choice{1} << j;
            CHECK(within(instance, limit, bits));
            CHECK(EveryChoice{instance}.covered(bits) == plan.covered);
            CHECK(instance.cost_of(chosen) == plan.cost);
            Persons sum = plan.covered_already;
            for (const CoverageStep& step : plan.steps) sum += step.people;
            CHECK(sum == plan.covered);
            ++plans;
            if (plan.covered == best) ++optimal;
        }
    }
    // Replacing sites finds nearly every best plan of this size.
    CHECK(optimal >= plans * 95 / 100);
}

TEST_CASE("The greedy choice of some sites covers at least 1 - 1/e of what the best does") {
    std::mt19937 random{4};
    for (int i = 0; i < 40; ++i) {
        const CoverageInstance instance = random_instance({.candidates = 12, .groups = 25}, random);
        const CoverageLimit limit = CoverageLimit::sites(2 + static_cast<std::size_t>(i) % 4);
        CoverageChoice choice{instance};
        RoomLeft room{instance, limit};
        add_greedily(choice, room, CoverageOrder::people);
        const Persons best = best_of_all(instance, limit);
        CHECK(choice.covered().value() >= (1 - std::exp(-1.0)) * best.value());
        CHECK(choice.covered() <= best);
    }
}

TEST_CASE("A bound holds after any number of steps, and never rises with more of them") {
    std::mt19937 random{5};
    const CoverageInstance instance = random_instance({.candidates = 12, .groups = 60}, random);
    for (const CoverageLimit& limit : some_limits()) {
        const Persons best = best_of_all(instance, limit);
        const CoverageChoice nothing{instance};
        Persons last = instance.everybody();
        for (const int steps : {0, 1, 2, 5, 20, 100, 500}) {
            const Persons bound = coverage_bound(instance, limit, nothing, steps).people;
            CHECK(bound >= best);
            CHECK(bound <= last);
            last = bound;
        }
    }
}

TEST_CASE("The order of groups changes no bit of a plan or of its bound") {
    std::mt19937 random{6};
    const CoverageInstance instance = random_instance({.candidates = 20, .groups = 80}, random);
    std::vector<CoverageGroup> groups;
    for (CoverageInstance::GroupNumber group = 0; group < instance.group_count(); ++group) {
        const auto candidates = instance.candidates_of(group);
        groups.push_back(
            {instance.zone(group), instance.people(group), {candidates.begin(), candidates.end()}});
    }
    std::shuffle(groups.begin(), groups.end(), random);
    const CoverageInstance other{{instance.candidates().begin(), instance.candidates().end()}, groups};
    for (const CoverageLimit& limit : some_limits()) {
        const CoveragePlan here = maximum_coverage(instance, limit);
        const CoveragePlan there = maximum_coverage(other, limit);
        CHECK(here.steps == there.steps);
        CHECK(here.bound == there.bound);
    }
}

TEST_CASE("Candidates under other numbers are the same plan where nothing ties") {
    std::mt19937 random{7};
    const CoverageInstance instance = random_instance({.candidates = 15, .groups = 60}, random);
    std::vector<CandidateNumber> renamed(instance.candidate_count());
    std::iota(renamed.begin(), renamed.end(), 0);
    std::shuffle(renamed.begin(), renamed.end(), random);
    std::vector<CoverageCandidate> candidates(renamed.size());
    for (std::size_t j = 0; j < renamed.size(); ++j)
        candidates[static_cast<std::size_t>(renamed[j])] = instance.candidates()[j];
    std::vector<CoverageGroup> groups;
    for (CoverageInstance::GroupNumber group = 0; group < instance.group_count(); ++group) {
        CoverageGroup one{instance.zone(group), instance.people(group), {}};
        for (const CandidateNumber j : instance.candidates_of(group))
            one.candidates.push_back(renamed[static_cast<std::size_t>(j)]);
        std::sort(one.candidates.begin(), one.candidates.end());
        groups.push_back(one);
    }
    const CoverageInstance other{candidates, groups};
    for (const CoverageOrder order : {CoverageOrder::people, CoverageOrder::people_per_cost}) {
        CoverageChoice here{instance};
        CoverageChoice there{other};
        RoomLeft room{instance, CoverageLimit::budget(Cost::round(14))};
        RoomLeft other_room{other, CoverageLimit::budget(Cost::round(14))};
        std::vector<CandidateNumber> expected = add_greedily(here, room, order);
        for (CandidateNumber& j : expected) j = renamed[static_cast<std::size_t>(j)];
        CHECK(add_greedily(there, other_room, order) == expected);
    }
}

}  // namespace phusong::test
