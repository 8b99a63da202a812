#include "algorithms/support/counter_based_random.hpp"

#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstdint>
#include <set>

namespace phusong::test {

TEST_CASE("Philox gives the published answers") {
    // Random123, tests/kat_vectors: philox4x32, 10 rounds.
    using Block = std::array<std::uint32_t, 4>;
    CHECK(philox({0, 0, 0, 0}, {0, 0}) == Block{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8});
    CHECK(philox({0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff}, {0xffffffff, 0xffffffff}) ==
          Block{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd});
    CHECK(philox({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}) ==
          Block{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1});
}

TEST_CASE("Names get the published FNV-1a numbers") {
    // Noll, "FNV hash", test vectors of the 64-bit FNV-1a.
    CHECK(stable_key("") == 0xcbf29ce484222325U);
    CHECK(stable_key("a") == 0xaf63dc4c8601ec8cU);
    CHECK(stable_key("foobar") == 0x85944171f73967e8U);
}

TEST_CASE("Draws lie from 0 up to below 1, spread evenly, and every part of the key matters") {
    const CounterBasedRandom random{20240907};
    constexpr std::uint32_t draws = 100000;
    double sum = 0;
    double squares = 0;
    for (std::uint32_t i = 0; i < draws; ++i) {
        const double u = random.uniform({7, i, 1});
        REQUIRE((u >= 0 && u < 1));
        sum += u;
        squares += u * u;
    }
    // Four standard errors of the mean (sqrt(1/12)) and of the mean square (sqrt(4/45)).
    CHECK(std::abs(sum / draws - 0.5) < 4 * std::sqrt(1.0 / 12 / draws));
    CHECK(std::abs(squares / draws - 1.0 / 3) < 4 * std::sqrt(4.0 / 45 / draws));

    const std::uint64_t high_word = std::uint64_t{1} << 32;
    const std::set<std::uint64_t> different = {random.bits({1, 2, 3}),
                                               random.bits({2, 2, 3}),
                                               random.bits({1 + high_word, 2, 3}),
                                               random.bits({1, 3, 3}),
                                               random.bits({1, 2, 4}),
                                               CounterBasedRandom{20240908}.bits({1, 2, 3}),
                                               CounterBasedRandom{20240907 + high_word}.bits({1, 2, 3})};
    CHECK(different.size() == 7);
    CHECK(random.bits({1, 2, 3}) == CounterBasedRandom{20240907}.bits({1, 2, 3}));
}

}  // namespace phusong::test
