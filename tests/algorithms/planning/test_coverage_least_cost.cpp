#include "algorithms/planning/coverage_least_cost.hpp"

#include <algorithm>
#include <atomic>
#include <catch2/catch.hpp>
#include <cstdint>
#include <optional>
#include <random>
#include <vector>

#include "algorithms/planning/coverage_cost_bound.hpp"
#include "algorithms/planning/coverage_repair.hpp"
#include "tests/algorithms/planning/random_coverage.hpp"

namespace phusong::test {
namespace {

std::vector<CandidateNumber> candidates_of(const LeastCostPlan& plan) {
    std::vector<CandidateNumber> candidates;
    for (const CoverageStep& step : plan.steps) candidates.push_back(step.candidate);
    std::sort(candidates.begin(), candidates.end());
    return candidates;
}

bool meets(const EveryChoice& every, Choice choice, const CoverageTarget& target) {
    if (every.covered(choice) < target.in_all) return false;
    for (std::size_t zone = 0; zone < target.of_zone.size(); ++zone) {
        if (every.covered(choice, static_cast<ZoneNumber>(zone)) < target.of_zone[zone]) return false;
    }
    return true;
}

/// The target, as far as all candidates together reach it.
CoverageTarget reachable(const EveryChoice& every, const CoverageTarget& target) {
    const Choice all = ~Choice{0};
    CoverageTarget reached{std::min(target.in_all, every.covered(all)), {}};
    for (std::size_t zone = 0; zone < target.of_zone.size(); ++zone) {
        reached.of_zone.push_back(
            std::min(target.of_zone[zone], every.covered(all, static_cast<ZoneNumber>(zone))));
    }
    return reached;
}

Cost cheapest_of_all(const CoverageInstance& instance, const CoverageTarget& target) {
    const EveryChoice every{instance};
    std::optional<Cost> best;
    every.each([&](Choice choice) {
        const Cost cost = every.cost(choice);
        if ((!best || cost < *best) && meets(every, choice, target)) best = cost;
    });
    REQUIRE(best);
    return *best;
}

Persons part_of(Persons people, int per_cent) {
    return Persons::of_units(people.units() / 100 * per_cent);
}

/// A part of everybody, and of the people of each zone.
CoverageTarget target_of(const CoverageInstance& instance, int in_all, int of_zone) {
    CoverageTarget target{part_of(instance.everybody(), in_all), {}};
    if (of_zone == 0) return target;
    for (CoverageInstance::GroupNumber group = 0; group < instance.group_count(); ++group) {
        const auto zone = static_cast<std::size_t>(instance.zone(group));
        if (zone >= target.of_zone.size()) target.of_zone.resize(zone + 1);
        target.of_zone[zone] += instance.people(group);
    }
    for (Persons& people : target.of_zone) people = part_of(people, of_zone);
    return target;
}

/// A town that one dear site covers, or two cheap ones; and a hamlet far away.
CoverageInstance town_and_hamlet() {
    return CoverageInstance{{{Cost::round(9), 0, false},
                             {Cost::round(4), 0, false},
                             {Cost::round(4), 0, false},
                             {Cost::round(3), 1, false}},
                            std::vector<CoverageGroup>{{0, Persons::round(500), {0, 1}},
                                                       {0, Persons::round(500), {0, 2}},
                                                       {1, Persons::round(20), {3}}}};
}

}  // namespace

TEST_CASE("The cheapest way to a target is found, and is certain to be the cheapest") {
    const LeastCostPlan plan = least_cost_coverage(town_and_hamlet(), {Persons::round(1000), {}});
    CHECK(candidates_of(plan) == std::vector<CandidateNumber>{1, 2});
    CHECK(plan.cost == Cost::round(8));
    CHECK(plan.bound == Cost::round(8));
    CHECK(plan.gap() == 0);
    CHECK(plan.met());
}

TEST_CASE("A floor brings a site to a commune that the target alone leaves out") {
    const CoverageTarget target{Persons::round(1000), {Persons{}, Persons::round(15)}};
    const LeastCostPlan plan = least_cost_coverage(town_and_hamlet(), target);
    CHECK(candidates_of(plan) == std::vector<CandidateNumber>{1, 2, 3});
    CHECK(plan.cost == Cost::round(11));
    CHECK(plan.met());
    CHECK(plan.bound <= Cost::round(11));
}

TEST_CASE("A floor without a target asks for its commune only") {
    const LeastCostPlan plan = least_cost_coverage(town_and_hamlet(), {{}, {{}, Persons::round(15)}});
    CHECK(candidates_of(plan) == std::vector<CandidateNumber>{3});
    CHECK(plan.bound == Cost::round(3));
}

TEST_CASE("A target that is met already needs nothing") {
    const LeastCostPlan nobody = least_cost_coverage(town_and_hamlet(), {});
    CHECK(nobody.steps.empty());
    CHECK(nobody.met());
    const CoverageInstance instance{
        {{Cost::round(9), 0, true}, {Cost::round(1), 0, false}},
        std::vector<CoverageGroup>{{0, Persons::round(10), {0}}, {0, Persons::round(5), {1}}}};
    const LeastCostPlan plan = least_cost_coverage(instance, {Persons::round(10), {Persons::round(10)}});
    CHECK(plan.steps.empty());
    CHECK(plan.cost == Cost{});
    CHECK(plan.bound == Cost{});
    CHECK(plan.covered == Persons::round(10));
    CHECK(plan.met());
}

TEST_CASE("A target out of reach says how far one can get, and is planned that far") {
    const CoverageInstance instance{
        {{Cost::round(2), 0, false}, {Cost::round(3), 1, false}},
        std::vector<CoverageGroup>{
            {0, Persons::round(50), {0}}, {1, Persons::round(30), {1}}, {1, Persons::round(20), {}}}};
    const LeastCostPlan plan =
        least_cost_coverage(instance, {Persons::round(90), {Persons::round(50), Persons::round(45)}});
    CHECK_FALSE(plan.met());
    CHECK(plan.asked == Persons::round(90));
    CHECK(plan.reachable == Persons::round(80));
    CHECK(plan.unreachable_floors ==
          std::vector<UnreachableFloor>{{1, Persons::round(45), Persons::round(30)}});
    CHECK(candidates_of(plan) == std::vector<CandidateNumber>{0, 1});
    CHECK(plan.bound == Cost::round(5));
    const LeastCostPlan nothing = least_cost_coverage(CoverageInstance{}, {Persons::round(1), {}});
    CHECK(nothing.steps.empty());
    CHECK(nothing.reachable == Persons{});
    CHECK_FALSE(nothing.met());
}

TEST_CASE("Zones beyond the floors and people outside every zone count in all") {
    const CoverageInstance instance{{{Cost::round(1), 0, false}, {Cost::round(1), 0, false}},
                                    std::vector<CoverageGroup>{{outside_every_zone, Persons::round(8), {0}},
                                                               {7, Persons::round(4), {1}}}};
    const LeastCostPlan plan = least_cost_coverage(instance, {Persons::round(12), {Persons{}}});
    CHECK(plan.met());
    CHECK(plan.cost == Cost::round(2));
    CHECK(plan.bound == Cost::round(2));
}

TEST_CASE("No choice that meets a target costs less than the bound, and no plan less than the cheapest") {
    std::mt19937 random{8};
    int optimal = 0;
    int plans = 0;
    for (int i = 0; i < 30; ++i) {
        const CoverageInstance instance = random_instance(
            {.locked_in = static_cast<std::size_t>(i % 3), .equal_costs = i % 2 == 0}, random);
        const EveryChoice every{instance};
        for (const int in_all : {0, 50, 80, 100}) {
            for (const int of_zone : {0, 40, 75, 100}) {
                const CoverageTarget asked = target_of(instance, in_all, of_zone);
                const Cost best = cheapest_of_all(instance, reachable(every, asked));
                const LeastCostPlan plan = least_cost_coverage(instance, asked);
                CHECK(plan.bound <= best);
                CHECK(best <= plan.cost);
                Choice chosen = 0;
                for (const CandidateNumber j : candidates_of(plan)) chosen |= Choice{1} << j;
                CHECK(meets(every, chosen, reachable(every, asked)));
                CHECK(plan.met() == meets(every, ~Choice{0}, asked));
                CHECK(every.covered(chosen) == plan.covered);
                CHECK(every.cost(chosen) == plan.cost);
                ++plans;
                if (plan.cost == best) ++optimal;
            }
        }
    }
    CHECK(optimal >= plans * 95 / 100);
}

TEST_CASE("A cost bound holds at any prices, and the more steps the higher") {
    std::mt19937 random{9};
    const CoverageInstance instance = random_instance({.candidates = 12, .groups = 50}, random).open_part();
    const EveryChoice every{instance};
    for (const int of_zone : {0, 60}) {
        const CoverageTarget target = reachable(every, target_of(instance, 85, of_zone));
        const Cost best = cheapest_of_all(instance, target);
        // Everything, and then what a greedy choice takes: the bound may aim at either.
        TargetProgress greedy{instance, target};
        reach_target(greedy);
        CoverageChoice everything{instance};
        for (std::size_t j = 0; j < instance.candidate_count(); ++j)
            everything.add(static_cast<CandidateNumber>(j));
        for (const CoverageChoice& known : {everything, greedy.choice()}) {
            Cost last;
            for (const int steps : {0, 3, 30, 300}) {
                const Cost bound = coverage_cost_bound(instance, target, known, steps);
                CHECK(bound <= best);
                CHECK(bound >= last);
                last = bound;
            }
            CHECK(last > Cost{});
        }
    }
}

TEST_CASE("What a target does not need is dropped, the dearest first") {
    const CoverageInstance instance = town_and_hamlet();
    TargetProgress progress{instance, {Persons::round(1000), {}}};
    for (CandidateNumber j = 0; j < 4; ++j) progress.add(j);
    drop_redundant(progress);
    CHECK(progress.choice().members() == std::vector<CandidateNumber>{1, 2});
}

TEST_CASE("Progress towards a target counts nobody beyond it, and falls as candidates come") {
    std::mt19937 random{10};
    const CoverageInstance instance = random_instance({}, random);
    TargetProgress progress{instance, target_of(instance, 60, 50)};
    std::vector<Persons> last(instance.candidate_count(), Persons::of_units(INT64_MAX));
    for (std::size_t next = 0; next < instance.candidate_count(); ++next) {
        for (std::size_t j = next; j < last.size(); ++j) {
            const Persons now = progress.progress(static_cast<CandidateNumber>(j));
            CHECK(now <= last[j]);
            last[j] = now;
        }
        progress.add(static_cast<CandidateNumber>(next));
    }
}

TEST_CASE("No plan costs less than the next amount that sites can add up to") {
    // Three villages of ten, any two of which a site reaches: half a site each would do, whole ones cost 2.
    const std::vector<CoverageGroup> groups{
        {0, Persons::round(10), {0, 2}}, {0, Persons::round(10), {0, 1}}, {0, Persons::round(10), {1, 2}}};
    CoverageTarget target;
    target.in_all = Persons::round(30);
    const auto plan_at = [&](double cost) {
        return least_cost_coverage(
            CoverageInstance{std::vector<CoverageCandidate>(3, {Cost::round(cost), 0, false}), groups},
            target);
    };
    CHECK(plan_at(1).bound == Cost::round(2));
    CHECK(plan_at(1).gap() == 0);
    CHECK(plan_at(0.75).bound == Cost::round(1.5));
    CHECK(plan_at(0).bound == Cost{});
}

TEST_CASE("A search that is stopped at once still meets its target, and its figures hold") {
    const std::atomic<bool> stop{true};
    CoverageEffort effort;
    effort.stop = &stop;
    std::mt19937 random{31};
    const CoverageInstance instance = random_instance({.candidates = 12, .groups = 40}, random);
    const CoverageTarget target = target_of(instance, 70, 30);
    const LeastCostPlan plan = least_cost_coverage(instance, target, effort);
    const Cost cheapest = cheapest_of_all(instance, reachable(EveryChoice{instance}, target));
    CHECK(plan.cost >= cheapest);
    CHECK(plan.bound <= cheapest);
    const CoveragePlan most = maximum_coverage(instance, CoverageLimit::sites(3), effort);
    CHECK(most.bound >= maximum_coverage(instance, CoverageLimit::sites(3)).covered);
}

}  // namespace phusong::test
