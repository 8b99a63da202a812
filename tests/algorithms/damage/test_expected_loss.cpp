#include "algorithms/damage/expected_loss.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>
#include <random>
#include <vector>

namespace phusong::test {
namespace {

using Sites = std::vector<SiteNumber>;

struct Group {
    ZoneNumber zone = 0;
    Sites sites;
    double people = 0;
};

ServingGroups groups_of(const std::vector<Group>& groups) {
    ServingGroups made;
    for (const Group& group : groups) made.add(group.zone, group.sites, Persons::round(group.people));
    return made;
}

struct Case {
    std::vector<Group> groups;
    std::vector<double> failure;
};

Case random_case(std::mt19937& random, std::size_t sites) {
    Case drawn;
    for (std::size_t i = 0; i < sites; ++i) {
        // Some certain either way.
        drawn.failure.push_back(static_cast<double>(random() % 11) / 10);
    }
    for (int i = 0; i < 15; ++i) {
        Group group{static_cast<ZoneNumber>(random() % 3), {}, static_cast<double>(random() % 1000)};
        for (std::size_t site = 0; site < sites; ++site) {
            if (random() % 4 == 0) group.sites.push_back(static_cast<SiteNumber>(site));
        }
        drawn.groups.push_back(group);
    }
    return drawn;
}

struct Moments {
    double mean = 0;
    double variance = 0;
};

/// Goes through every set of sites that may fail.
Moments brute_force(const Case& drawn, ZoneNumber zone) {
    double mean = 0;
    double squares = 0;
    for (std::uint32_t failed = 0; failed < 1U << drawn.failure.size(); ++failed) {
        double probability = 1;
        for (std::size_t site = 0; site < drawn.failure.size(); ++site) {
            probability *= (failed >> site & 1U) != 0 ? drawn.failure[site] : 1 - drawn.failure[site];
        }
        double dark = 0;
        for (const Group& group : drawn.groups) {
            if (group.zone != zone) continue;
            if (std::ranges::all_of(group.sites, [&](SiteNumber s) { return (failed >> s & 1U) != 0; })) {
                dark += group.people;
            }
        }
        mean += probability * dark;
        squares += probability * dark * dark;
    }
    return {mean, squares - mean * mean};
}

}  // namespace

TEST_CASE("Expected people in the dark follow by hand, between the bounds of Frechet") {
    // 100 people on sites 0 and 1, 30 on site 1 alone, 7 without any.
    const ExpectedLoss loss =
        expected_loss(groups_of({{0, {0, 1}, 100}, {0, {1}, 30}, {4, {}, 7}}), std::vector{0.75, 0.5});
    CHECK(loss.zones.at(0).independent == Persons::round(37.5 + 15));
    CHECK(loss.zones.at(0).low == Persons::round(25 + 15));
    CHECK(loss.zones.at(0).high == Persons::round(50 + 15));
    const Persons seven = Persons::round(7);
    CHECK(loss.zones.at(4) == DarkBounds{seven, seven, seven});
    CHECK(loss.total.independent == Persons::round(59.5));
}

TEST_CASE("People in two communes at once are counted once in the total") {
    const ExpectedLoss loss = expected_loss(
        groups_of({{0, {0}, 100}, {1, {0}, 40}, {counted_twice, {0}, 40}, {outside_every_zone, {0}, 8}}),
        std::vector{0.5});
    CHECK(loss.total.independent == Persons::round(54));
    CHECK(dark_people_variance(groups_of({{0, {0}, 100}, {1, {0}, 40}, {counted_twice, {0}, 40}}),
                               std::vector{0.5}) == Approx(2500));
}

TEST_CASE("Mean and variance equal those over all sets of up to 12 sites that may fail") {
    std::mt19937 random{12};
    for (const std::size_t sites : {1U, 2U, 5U, 9U, 12U}) {
        const Case drawn = random_case(random, sites);
        const ServingGroups groups = groups_of(drawn.groups);
        const ExpectedLoss loss = expected_loss(groups, drawn.failure);
        for (const auto& [zone, dark] : loss.zones) {
            const Moments oracle = brute_force(drawn, zone);
            CHECK(dark.independent.value() == Approx(oracle.mean).margin(1e-5));
            CHECK(dark_people_variance(groups, drawn.failure, zone).value() ==
                  Approx(oracle.variance).margin(1e-4));
            CHECK(dark.low <= dark.independent);
            CHECK(dark.independent <= dark.high);
        }
    }
}

TEST_CASE("Sites that surely fail or surely stand give the exact answer, to the last unit") {
    std::mt19937 random{13};
    for (int round = 0; round < 30; ++round) {
        Case drawn = random_case(random, 10);
        for (double& p : drawn.failure) p = random() % 2 == 0 ? 0 : 1;
        const ServingGroups groups = groups_of(drawn.groups);
        Persons dark;
        for (const Group& group : drawn.groups) {
            const bool all = std::ranges::all_of(
                group.sites, [&](SiteNumber s) { return drawn.failure[static_cast<std::size_t>(s)] == 1; });
            if (all) dark += Persons::round(group.people);
        }
        CHECK(expected_loss(groups, drawn.failure).total == DarkBounds{dark, dark, dark});
        CHECK(dark_people_variance(groups, drawn.failure) == 0);
    }
    // More units than a double holds.
    const Persons crowd = Persons::of_units((std::int64_t{1} << 60) + 1);
    ServingGroups groups;
    groups.add(0, Sites{0}, crowd);
    CHECK(expected_loss(groups, std::vector{1.0}).total == DarkBounds{crowd, crowd, crowd});
}

TEST_CASE("Relabelling the sites changes no bit of an expectation") {
    std::mt19937 random{14};
    for (int round = 0; round < 20; ++round) {
        Case drawn = random_case(random, 12);
        for (double& p : drawn.failure) p = static_cast<double>(random()) / 0x1p32;
        Sites label(12);
        std::iota(label.begin(), label.end(), 0);
        std::shuffle(label.begin(), label.end(), random);
        Case again = drawn;
        for (std::size_t i = 0; i < label.size(); ++i) {
            again.failure[static_cast<std::size_t>(label[i])] = drawn.failure[i];
        }
        for (Group& group : again.groups) {
            for (SiteNumber& site : group.sites) site = label[static_cast<std::size_t>(site)];
            std::ranges::sort(group.sites);
        }
        std::ranges::shuffle(again.groups, random);
        const ServingGroups before = groups_of(drawn.groups);
        const ServingGroups after = groups_of(again.groups);
        CHECK(expected_loss(before, drawn.failure) == expected_loss(after, again.failure));
        CHECK(dark_people_variance(before, drawn.failure).value() ==
              Approx(dark_people_variance(after, again.failure).value()).epsilon(1e-12));
    }
}

TEST_CASE("One more site never raises the expected loss, nor its bounds") {
    std::mt19937 random{15};
    for (int round = 0; round < 20; ++round) {
        Case drawn = random_case(random, 8);
        const DarkBounds before = expected_loss(groups_of(drawn.groups), drawn.failure).total;
        drawn.failure.push_back(static_cast<double>(random()) / 0x1p32);
        for (Group& group : drawn.groups) {
            if (random() % 2 == 0) group.sites.push_back(8);
        }
        const DarkBounds after = expected_loss(groups_of(drawn.groups), drawn.failure).total;
        // One whole group may round the other way: the bounds are a few units of 6e-8 people apart.
        const Persons rounding = Persons::of_units(static_cast<std::int64_t>(drawn.groups.size()));
        CHECK(after.independent <= before.independent);
        CHECK(after.low <= before.low + rounding);
        CHECK(after.high <= before.high);
    }
}

TEST_CASE("The variance says nothing beyond its cap") {
    const ServingGroups groups = groups_of({{0, {0}, 1}, {0, {1}, 1}, {1, {0, 1}, 1}});
    const std::vector<double> failure = {0.5, 0.5};
    CHECK_FALSE(dark_people_variance(groups, failure, std::nullopt, 2));
    CHECK(dark_people_variance(groups, failure, 0, 2));
    CHECK(dark_people_variance(groups, failure, 9) == 0);
}

}  // namespace phusong::test
