#include "algorithms/damage/serving_groups.hpp"

#include <catch2/catch.hpp>
#include <tuple>
#include <vector>

#include "tests/support/merge_laws.hpp"

namespace phusong::test {
namespace {

using Sites = std::vector<SiteNumber>;

ServingGroups groups_of(const std::vector<std::tuple<ZoneNumber, Sites, double>>& groups) {
    ServingGroups made;
    for (const auto& [zone, sites, people] : groups) made.add(zone, sites, Persons::round(people));
    return made;
}

}  // namespace

TEST_CASE("People of one commune with the same sites are one group") {
    const ServingGroups groups =
        groups_of({{7, {1, 2}, 10}, {3, {}, 4}, {7, {1}, 5}, {7, {1, 2}, 0.5}, {3, {1, 2}, 8}});
    REQUIRE(groups.size() == 4);
    const std::vector<ServingGroups::Row> rows = groups.rows();
    CHECK(rows[0].zone == 3);
    CHECK(groups.sets()[rows[0].set].empty());
    CHECK(rows[1].people == Persons::round(8));
    CHECK(groups.sets()[rows[2].set].size() == 1);
    CHECK(rows[3].people == Persons::round(10.5));
    CHECK(rows[3].set == rows[1].set);
    CHECK(groups.sets().size() == 3);
}

TEST_CASE("Groups merge as a commutative monoid, whatever order they were met in") {
    const ServingGroups a = groups_of({{1, {0, 4}, 3}, {outside_every_zone, {2}, 7}});
    const ServingGroups b = groups_of({{1, {2}, 11}, {1, {0, 4}, 13}, {counted_twice, {}, 1}});
    const ServingGroups c = groups_of({{5, {0, 2, 4}, 17}, {1, {2}, 19}});
    check_merge_laws({}, a, b, c);
    ServingGroups twice = a;
    twice.merge(twice);
    CHECK(twice == groups_of({{outside_every_zone, {2}, 14}, {1, {0, 4}, 6}}));
    CHECK_FALSE(groups_of({{1, {0}, 1}}) == groups_of({{1, {1}, 1}}));
}

TEST_CASE("A set of sites is kept once and comes back as it went in") {
    ServingSets sets;
    std::vector<ServingSets::SetNumber> numbers;
    for (SiteNumber i = 0; i < 1000; ++i) numbers.push_back(sets.intern(Sites{i, i + 1, 5000}));
    for (SiteNumber i = 0; i < 1000; ++i) {
        const auto n = static_cast<std::size_t>(i);
        CHECK(sets.intern(Sites{i, i + 1, 5000}) == numbers[n]);
        CHECK(sets[numbers[n]][1] == i + 1);
    }
    CHECK(sets.size() == 1000);
}

TEST_CASE("Sets that were read as they lay are found again like those that came one by one") {
    ServingSets sets{{0, 2, 2, 3}, {4, 9, 9}};
    REQUIRE(sets.size() == 3);
    CHECK(sets[1].empty());
    CHECK(sets.intern(Sites{9}) == 2);
    CHECK(sets.intern(Sites{7}) == 3);
    CHECK(sets.intern(Sites{4, 9}) == 0);
    CHECK(sets.intern(Sites{}) == 1);
    CHECK(sets.size() == 4);
}

}  // namespace phusong::test
