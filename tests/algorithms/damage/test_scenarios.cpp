#include "algorithms/damage/scenarios.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <random>
#include <string>
#include <vector>

#include "algorithms/damage/expected_loss.hpp"
#include "algorithms/damage/storm.hpp"
#include "algorithms/support/normal.hpp"
#include "tests/support/merge_laws.hpp"

namespace phusong::test {
namespace {

using Sites = std::vector<SiteNumber>;

/// Sites that need nobody to carry them: "s0", "s1" ...
SiteNetwork roots(std::size_t count) {
    std::vector<Site> sites;
    for (std::size_t i = 0; i < count; ++i) sites.push_back({"s" + std::to_string(i), {}});
    return SiteNetwork{sites};
}

Storm structure_storm(const std::vector<double>& failure, double storm_part = 0) {
    Storm storm;
    for (const double p : failure) storm.sites.push_back({Risk{p, storm_part}, {}, no_power_zone});
    return storm;
}

std::vector<Persons> total_losses(const ServingGroups& groups, const SiteNetwork& network, const Storm& storm,
                                  std::uint32_t scenarios, std::uint64_t seed = 1) {
    return scenario_losses(groups, network.failed(draw_failures(network, storm, seed, {0, scenarios})))
        .total();
}

ServingGroups random_groups(std::mt19937& random, std::size_t sites, int count) {
    ServingGroups groups;
    for (int i = 0; i < count; ++i) {
        Sites serving;
        for (std::size_t site = 0; site < sites; ++site) {
            if (random() % 5 == 0) serving.push_back(static_cast<SiteNumber>(site));
        }
        groups.add(static_cast<ZoneNumber>(random() % 3), serving,
                   Persons::of_units(static_cast<std::int64_t>(random())));
    }
    return groups;
}

double correlation(const BitRows& failed, std::size_t a, std::size_t b) {
    double both = 0;
    double one = 0;
    double other = 0;
    const auto count = static_cast<double>(failed.bits());
    for (std::size_t i = 0; i < failed.bits(); ++i) {
        both += failed.test(a, i) && failed.test(b, i) ? 1 : 0;
        one += failed.test(a, i) ? 1 : 0;
        other += failed.test(b, i) ? 1 : 0;
    }
    return both / count - one / count * (other / count);
}

}  // namespace

TEST_CASE("A group is in the dark in just those scenarios in which all its sites failed") {
    // Scenarios 0 to 3 from the left; 7 people have no site at all.
    BitRows failed{2, 4};
    for (const std::size_t scenario : {1U, 3U}) failed.set(0, scenario);
    for (const std::size_t scenario : {2U, 3U}) failed.set(1, scenario);
    ServingGroups groups;
    groups.add(0, Sites{0, 1}, Persons::round(100));
    groups.add(0, Sites{1}, Persons::round(30));
    groups.add(4, Sites{}, Persons::round(7));
    groups.add(counted_twice, Sites{1}, Persons::round(10));
    const ScenarioLosses losses = scenario_losses(groups, failed);
    const auto people = [](std::vector<double> values) {
        std::vector<Persons> amounts;
        for (const double value : values) amounts.push_back(Persons::round(value));
        return amounts;
    };
    CHECK(losses.zones().at(0) == people({0, 0, 30, 130}));
    CHECK(losses.zones().at(4) == people({7, 7, 7, 7}));
    CHECK(losses.total() == people({7, 7, 27, 127}));
}

TEST_CASE("People are added in just those scenarios whose bit is set, however many they are") {
    std::mt19937_64 random{12};
    for (const std::size_t scenarios : {1U, 63U, 64U, 100U, 256U}) {
        for (const unsigned filled : {0U, 1U, 2U, 9U, 10U}) {
            BitRows dark{1, scenarios};
            for (std::size_t i = 0; i < scenarios; ++i) {
                if (random() % 10 < filled) dark.set(0, i);
            }
            std::vector<Persons> sums(scenarios, Persons::round(3));
            add_where(dark.row(0), Persons::of_units(12345678901), sums);
            for (std::size_t i = 0; i < scenarios; ++i) {
                REQUIRE(sums[i] == Persons::round(3) + Persons::of_units(dark.test(0, i) ? 12345678901 : 0));
            }
        }
    }
}

TEST_CASE("No sites at all have failed in every scenario") {
    BitRows failed{2, 70};
    std::vector<std::uint64_t> dark(2);
    CHECK(all_failed({}, failed, dark));
    CHECK(dark == std::vector<std::uint64_t>{~std::uint64_t{0}, 63});
    CHECK_FALSE(all_failed(Sites{0, 1}, failed, dark));
    failed.set(0, 65);
    failed.set(1, 65);
    CHECK(all_failed(Sites{0, 1}, failed, dark));
    CHECK(dark == std::vector<std::uint64_t>{0, 2});
}

TEST_CASE("Losses of disjoint groups merge as a commutative monoid") {
    std::mt19937 random{3};
    const SiteNetwork network = roots(10);
    const BitRows failed =
        network.failed(draw_failures(network, structure_storm(std::vector<double>(10, 0.5)), 4, {0, 100}));
    const auto some = [&] { return scenario_losses(random_groups(random, 10, 20), failed); };
    check_merge_laws(ScenarioLosses{100}, some(), some(), some());

    ServingGroups groups = random_groups(random, 10, 30);
    const ServingGroups others = random_groups(random, 10, 30);
    ScenarioLosses apart = scenario_losses(groups, failed);
    apart.merge(scenario_losses(others, failed));
    groups.merge(others);
    CHECK(scenario_losses(groups, failed) == apart);
}

TEST_CASE("Mean losses over scenarios lie within four standard errors of the product formula") {
    std::mt19937 random{8};
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        const ServingGroups groups = random_groups(random, 12, 40);
        std::vector<double> failure;
        for (int i = 0; i < 12; ++i) failure.push_back(static_cast<double>(random()) / 0x1p32);
        const ExpectedLoss exact = expected_loss(groups, failure);
        const double sigma = std::sqrt(dark_people_variance(groups, failure).value());
        constexpr std::uint32_t scenarios = 4096;
        const LossSpread spread =
            spread_of(total_losses(groups, roots(12), structure_storm(failure), scenarios, seed));
        CHECK(std::abs(spread.mean - exact.total.independent.value()) <= 4 * sigma / std::sqrt(scenarios));
        CHECK(spread.standard_error == Approx(sigma / std::sqrt(scenarios)).epsilon(0.1));

        // Whatever the storm ties together, the mean stays between the bounds of Frechet.
        const LossSpread tied =
            spread_of(total_losses(groups, roots(12), structure_storm(failure, 0.9), scenarios, seed));
        CHECK(tied.mean >= exact.total.low.value() - 4 * tied.standard_error);
        CHECK(tied.mean <= exact.total.high.value() + 4 * tied.standard_error);
    }
}

TEST_CASE("Sites that surely fail or surely stand lose the same people in every scenario") {
    std::mt19937 random{9};
    const ServingGroups groups = random_groups(random, 10, 40);
    std::vector<double> failure;
    for (int i = 0; i < 10; ++i) failure.push_back(i % 3 == 0 ? 0 : 1);
    const Persons certain = expected_loss(groups, failure).total.independent;
    for (const double storm_part : {0.0, 0.5, 1.0}) {
        for (const Persons loss :
             total_losses(groups, roots(10), structure_storm(failure, storm_part), 100)) {
            CHECK(loss == certain);
        }
    }
}

TEST_CASE("Neither the order of sites nor the range of scenarios drawn together changes a bit") {
    const std::vector<Site> sites = {{"hub", {}}, {"a", {"hub"}}, {"b", {"hub", "a"}}};
    const std::vector<Site> listed = {{"b", {"a", "hub"}}, {"hub", {}}, {"a", {"hub"}}};
    const std::vector<std::size_t> place = {1, 2, 0};
    const SiteRisk risk{{0.3, 0.5}, {0.2, 0}, 0};
    const std::vector<PowerZone> zones = {{"north", {0.25, 0.3}}};
    const Risk link{0.2, 0};
    const SiteNetwork network{sites};
    const SiteNetwork again{listed};
    const Storm storm{{risk, risk, risk}, zones, {link, link, link}};
    const BitRows failed = network.failed(draw_failures(network, storm, 77, {0, 200}));
    const BitRows other = again.failed(draw_failures(again, storm, 77, {0, 200}));
    const BitRows late = network.failed(draw_failures(network, storm, 77, {130, 70}));
    for (std::size_t site = 0; site < 3; ++site) {
        for (std::size_t i = 0; i < 200; ++i) {
            REQUIRE(failed.test(site, i) == other.test(place[site], i));
            if (i >= 130) REQUIRE(failed.test(site, i) == late.test(site, i - 130));
        }
    }
    CHECK_FALSE(failed == network.failed(draw_failures(network, storm, 78, {0, 200})));
}

TEST_CASE("One more site raises the loss of no scenario and leaves the other sites their fate") {
    std::mt19937 random{10};
    const std::vector<double> failure(9, 0.4);
    const SiteNetwork before = roots(8);
    const SiteNetwork after = roots(9);
    const BitRows fewer = before.failed(
        draw_failures(before, structure_storm({failure.begin(), failure.end() - 1}, 0.4), 1, {0, 300}));
    const BitRows more = after.failed(draw_failures(after, structure_storm(failure, 0.4), 1, {0, 300}));
    const ServingGroups groups = random_groups(random, 8, 30);
    ServingGroups served_by_more;
    for (const ServingGroups::Row& row : groups.rows()) {
        const auto sites = groups.sets()[row.set];
        Sites serving{sites.begin(), sites.end()};
        if (random() % 2 == 0) serving.push_back(8);
        served_by_more.add(row.zone, serving, row.people);
    }
    const std::vector<Persons> losses = scenario_losses(groups, fewer).total();
    const std::vector<Persons> now = scenario_losses(served_by_more, more).total();
    for (std::size_t i = 0; i < losses.size(); ++i) CHECK(now[i] <= losses[i]);
    CHECK(scenario_losses(groups, more).total() == losses);
}

TEST_CASE("A flood is one more way for a structure to fail, and its draws are its own") {
    const SiteNetwork network = roots(1);
    Storm storm = structure_storm({0.3});
    const NetworkFailures dry = draw_failures(network, storm, 5, {0, 20000});
    storm.sites[0].flood = Risk::independent(0.5);
    const NetworkFailures wet = draw_failures(network, storm, 5, {0, 20000});
    std::int64_t fallen = 0;
    for (std::size_t i = 0; i < 20000; ++i) {
        if (dry.structure.test(0, i)) REQUIRE(wet.structure.test(0, i));
        fallen += wet.structure.test(0, i) ? 1 : 0;
    }
    CHECK(fallen == Approx(20000 * 0.65).margin(4 * std::sqrt(20000 * 0.65 * 0.35)));
}

TEST_CASE("A power zone takes its sites down together, and a hub those it carries") {
    const std::vector<Site> sites = {{"hub", {}}, {"a", {"hub"}}, {"b", {"hub"}}, {"c", {}}, {"d", {}}};
    const SiteNetwork network{sites};
    const Risk never{};
    const Storm storm{{{{0.3, 0}, never, no_power_zone},
                       {never, never, no_power_zone},
                       {never, never, no_power_zone},
                       {never, never, 0},
                       {never, never, 0}},
                      {{"north", Risk::independent(0.5)}},
                      {}};
    const NetworkFailures failures = draw_failures(network, storm, 5, {0, 10000});
    const BitRows failed = network.failed(failures);
    CHECK(std::ranges::equal(failed.row(0), failed.row(1)));
    CHECK(std::ranges::equal(failed.row(0), failed.row(2)));
    CHECK(std::ranges::equal(failed.row(3), failed.row(4)));
    const std::vector<OutageCounts> causes = count_causes(network.causes(failures, failed));
    CHECK(causes[1] == OutageCounts{0, 0, causes[0].structure});
    CHECK(causes[3].power == Approx(5000).margin(4 * 50));
    CHECK(causes[0].structure == Approx(3000).margin(4 * 46));
}

TEST_CASE("Sites under one storm fail together as often as a bivariate normal says, and as often alone") {
    // hand_mcda.csv, "bivariate normal P(both) p=.1 rho=0 .25 .5 .75". The correlation of two sites is the
    // square of the storm's part.
    const std::vector<double> published = {0.01, 0.0193335, 0.0324015, 0.0512429};
    const SiteNetwork network = roots(2);
    constexpr std::uint32_t scenarios = 200000;
    for (std::size_t i = 0; i < published.size(); ++i) {
        const Storm storm = structure_storm({0.1, 0.1}, std::sqrt(0.25 * static_cast<double>(i)));
        const BitRows failed = network.failed(draw_failures(network, storm, 3, {0, scenarios}));
        const double both = correlation(failed, 0, 1);
        double alone = 0;
        for (std::size_t s = 0; s < scenarios; ++s) alone += failed.test(0, s) ? 1 : 0;
        alone /= scenarios;
        CHECK(std::abs(alone - 0.1) < 4 * std::sqrt(0.09 / scenarios));
        CHECK(std::abs(both + 0.01 - published[i]) < 4 * std::sqrt(published[i] / scenarios));
    }
}

TEST_CASE("A lognormal risk is the fragility curve shifted by the storm's error, added in quadrature") {
    const double log_ratio = std::log(45.0 / 50.0);
    const Risk risk = Risk::lognormal(log_ratio, 0.2, 0.15);
    CHECK(risk.probability == Approx(normal_cdf(log_ratio / 0.25)));
    const ConditionalRisk conditional{risk};
    for (const double error : {-2.0, -0.5, 0.0, 1.0, 3.0}) {
        CHECK(conditional.given(error) == Approx(normal_cdf((log_ratio + 0.15 * error) / 0.2)));
    }
    // A step: the storm alone decides.
    const ConditionalRisk step{Risk::lognormal(log_ratio, 0, 0.15)};
    CHECK(step.given(0.70) == 0);
    CHECK(step.given(0.71) == 1);
    // No hazard error: the storm does not matter.
    const ConditionalRisk fixed{Risk::lognormal(log_ratio, 0.2, 0)};
    CHECK(fixed.given(3) == fixed.given(-3));
    // The mean over storms is the probability: the midpoint rule over 8 standard deviations.
    double mean = 0;
    for (int i = 0; i < 1600; ++i) {
        const double z = -8 + (i + 0.5) * 0.01;
        mean += conditional.given(z) * (normal_cdf(z + 0.005) - normal_cdf(z - 0.005));
    }
    CHECK(mean == Approx(risk.probability).epsilon(1e-5));
}

TEST_CASE("The spread of losses takes values that were drawn") {
    std::vector<Persons> losses;
    for (int i = 20; i >= 1; --i) losses.push_back(Persons::round(i));
    const LossSpread spread = spread_of(losses);
    CHECK(spread.low == Persons::round(1));
    CHECK(spread.median == Persons::round(10));
    CHECK(spread.high == Persons::round(19));
    CHECK(spread.mean == 10.5);
    CHECK(spread.standard_error == Approx(std::sqrt(35.0 / 20)));
    CHECK(spread_of(std::vector{Persons::round(3)}).standard_error == 0);
}

}  // namespace phusong::test
