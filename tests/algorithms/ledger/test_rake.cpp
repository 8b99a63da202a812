#include "algorithms/ledger/rake.hpp"

#include <catch2/catch.hpp>
#include <numeric>
#include <vector>

namespace phusong::test {
namespace {

std::vector<Persons> units(std::initializer_list<std::int64_t> values) {
    std::vector<Persons> amounts;
    for (const std::int64_t value : values) amounts.push_back(Persons::of_units(value));
    return amounts;
}

}  // namespace

TEST_CASE("Raking gives the units that are left to the largest remainders, then to the first") {
    // 10 / 6 each: 1 + 4/6, 3 + 2/6, 5 + 0/6 -> 9 units; the one left goes to the first.
    CHECK(raked(units({1, 2, 3}), Persons::of_units(10)) == units({2, 3, 5}));
    CHECK(raked(units({1, 1, 1}), Persons::of_units(2)) == units({1, 1, 0}));
    CHECK(raked(units({5, 0}), Persons::of_units(7)) == units({7, 0}));
}

TEST_CASE("Raked amounts add up to the official number exactly, up or down") {
    const std::vector<Persons> amounts = units({123456789012345, 98765, 1, 0, 777777777777});
    for (const double official : {0.0, 1.0, 31174.0, 3831694.0}) {
        const Persons target = Persons::round(official);
        const std::vector<Persons> scaled = raked(amounts, target);
        CHECK(std::accumulate(scaled.begin(), scaled.end(), Persons{}) == target);
    }
}

TEST_CASE("Nobody raked to nobody stays nobody") {
    CHECK(raked(units({0, 0}), Persons{}) == units({0, 0}));
    CHECK(raked({}, Persons{}).empty());
}

}  // namespace phusong::test
