#include "algorithms/support/disjoint_sets.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>
#include <utility>
#include <vector>

namespace phusong::test {

TEST_CASE("Numbers that nobody joined stand for themselves, joined ones share their smallest") {
    DisjointSets sets{6};
    CHECK(sets.find(4) == 4);
    sets.unite(5, 3);
    sets.unite(1, 4);
    sets.unite(4, 4);
    CHECK(sets.find(5) == 3);
    CHECK(sets.find(4) == 1);
    sets.unite(3, 4);
    for (const std::uint32_t i : {1U, 3U, 4U, 5U}) CHECK(sets.find(i) == 1);
    CHECK(sets.find(0) == 0);
    CHECK(sets.find(2) == 2);
}

TEST_CASE("In whatever order numbers are joined, each finds the smallest it is connected to") {
    std::mt19937_64 random{41};
    for (int round = 0; round < 50; ++round) {
        const std::uint32_t count = 40;
        std::vector<std::pair<std::uint32_t, std::uint32_t>> joins;
        for (std::uint64_t i = random() % 60; i > 0; --i) {
            joins.emplace_back(random() % count, random() % count);
        }
        // Repaints both numbers with the smaller colour until nothing changes.
        std::vector<std::uint32_t> smallest(count);
        for (std::uint32_t i = 0; i < count; ++i) smallest[i] = i;
        for (bool changed = true; changed;) {
            changed = false;
            for (const auto& [a, b] : joins) {
                changed |= smallest[a] != smallest[b];
                smallest[a] = smallest[b] = std::min(smallest[a], smallest[b]);
            }
        }
        for (int order = 0; order < 3; ++order) {
            std::shuffle(joins.begin(), joins.end(), random);
            DisjointSets sets{count};
            for (const auto& [a, b] : joins) sets.unite(a, b);
            std::vector<std::uint32_t> found;
            for (std::uint32_t i = 0; i < count; ++i) found.push_back(sets.find(i));
            CHECK(found == smallest);
        }
    }
}

}  // namespace phusong::test
