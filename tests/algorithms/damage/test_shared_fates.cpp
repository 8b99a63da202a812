#include "algorithms/damage/shared_fates.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdint>
#include <random>
#include <vector>

#include "tests/support/merge_laws.hpp"

namespace phusong::test {
namespace {

using Sites = std::vector<SiteNumber>;

struct Addition {
    LedgerKey key;
    Sites sites;
    LedgerAmount amount;
};

std::vector<Addition> random_additions(std::mt19937& random, int count) {
    std::vector<Addition> additions;
    for (int i = 0; i < count; ++i) {
        Addition addition;
        addition.key = {static_cast<ZoneNumber>(random() % 3) - 1, ServiceState::of_bits(random() % 4)};
        for (SiteNumber site = 0; site < 4; ++site) {
            if (random() % 2 == 0) addition.sites.push_back(site);
        }
        addition.amount = {Persons::of_units(static_cast<std::int64_t>(random())),
                           Area::of_units(static_cast<std::int64_t>(random()))};
        additions.push_back(addition);
    }
    return additions;
}

SharedFates fates_of(const std::vector<Addition>& additions) {
    SharedFates fates;
    for (const Addition& one : additions) fates.add(one.key, one.sites, one.amount);
    return fates;
}

}  // namespace

TEST_CASE("People of one commune with the same answers and sites are one row") {
    const LedgerKey key{3, ServiceState{}.with(0, Service::served)};
    SharedFates fates;
    fates.add(key, Sites{1, 2}, {Persons::round(10), Area::round(1)});
    fates.add(key, fates.intern(Sites{1, 2}), {Persons::round(5), Area::round(2)});
    fates.add(key, Sites{1}, {Persons::round(1), {}});
    fates.add({4, key.state}, Sites{1, 2}, {Persons::round(2), {}});
    REQUIRE(fates.size() == 3);
    const std::vector<SharedFates::Row> rows = fates.rows();
    CHECK(std::ranges::equal(fates.sets()[rows[0].set], Sites{1}));
    CHECK(rows[1].amount == LedgerAmount{Persons::round(15), Area::round(3)});
    CHECK(rows[2].key.zone == 4);
}

TEST_CASE("Shared fates merge as a commutative monoid") {
    std::mt19937 random{6};
    const auto some = [&] { return fates_of(random_additions(random, 40)); };
    check_merge_laws(SharedFates{}, some(), some(), some());
}

TEST_CASE("Rows that came all at once are the same as those that came one by one") {
    std::mt19937 random{8};
    const SharedFates some = fates_of(random_additions(random, 40));
    const SharedFates more = fates_of(random_additions(random, 40));
    const SharedFates at_once{some.sets(), some.rows()};
    CHECK(at_once == some);
    check_merge_laws(SharedFates{}, at_once, more, SharedFates{more.sets(), more.rows()});
    SharedFates merged = at_once;
    merged.merge(more);
    SharedFates one_by_one = some;
    one_by_one.merge(more);
    CHECK(merged == one_by_one);
    SharedFates twice = at_once;
    twice.merge(twice);
    CHECK(twice.size() == some.size());
    CHECK(twice.rows().front().amount.people == some.rows().front().amount.people * 2);
}

TEST_CASE("The order in which fates are added changes none of their rows") {
    std::mt19937 random{7};
    std::vector<Addition> additions = random_additions(random, 60);
    const SharedFates fates = fates_of(additions);
    std::shuffle(additions.begin(), additions.end(), random);
    const SharedFates again = fates_of(additions);
    CHECK(fates == again);
    const auto rows = fates.rows();
    const auto others = again.rows();
    REQUIRE(rows.size() == others.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        CHECK(rows[i].key == others[i].key);
        CHECK(std::ranges::equal(fates.sets()[rows[i].set], again.sets()[others[i].set]));
    }
}

}  // namespace phusong::test
