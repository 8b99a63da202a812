#include "algorithms/ledger/round_people.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <random>
#include <vector>

namespace phusong::test {
namespace {

/// Floats that rounding is about: houses, crumbs, ties between two units, the most, nothing, no data.
constexpr MissingFloats mark{-99999, -99999};

float random_people(std::mt19937& random, float most) {
    std::uniform_real_distribution<float> unit{0, 1};
    switch (random() % 8) {
        case 0:
            return random() % 2 == 0 ? std::nanf("") : mark.lowest;
        case 1:
            return most;
        case 2:
            return -0.0F;
        case 3:
            return (static_cast<float>(random() % 1000) + 0.5F) / 0x1p24F;
        case 4:
            return 5 * unit(random);
        case 5:
            return most * unit(random);
        default:
            return 0;
    }
}

template <typename Units>
void check(const std::vector<float>& values, const RoundedPeople& row, const Units& units) {
    REQUIRE(row.usual);
    std::int64_t sum = 0;
    std::int64_t missing = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const bool none = std::isnan(values[i]) || mark.holds(values[i]);
        const std::int64_t wanted = none ? 0 : Persons::round(static_cast<double>(values[i])).units();
        REQUIRE(units(i) == wanted);
        sum += wanted;
        missing += none ? 1 : 0;
    }
    CHECK(row.units == sum);
    CHECK(row.without_data == missing);
}

}  // namespace

TEST_CASE("People are rounded as one by one, in rows of any length") {
    std::mt19937 random{3};
    for (const std::size_t cells : {1U, 15U, 16U, 17U, 64U, 511U}) {
        for (int round = 0; round < 30; ++round) {
            std::vector<float> few(cells);
            std::vector<float> many(cells);
            for (float& value : few) value = random_people(random, most_narrow_people);
            for (float& value : many) value = random_people(random, 0x1p26F);
            if (round % 5 == 0) std::fill(few.begin(), few.end(), 0.0F);
            if (round % 7 == 0) std::fill(few.begin(), few.end(), std::nanf(""));
            if (round % 11 == 0) std::fill(few.begin(), few.end(), mark.lowest);
            std::vector<std::int32_t> units(cells, -1);
            check(few, round_narrow(few, mark, units), [&](std::size_t i) { return std::int64_t{units[i]}; });
            std::vector<Persons> people(cells);
            check(many, round_usual(many, mark, people), [&](std::size_t i) { return people[i].units(); });
        }
    }
}

TEST_CASE("People below zero or beyond what fits are left to those who look closer, wherever they are") {
    for (const std::size_t at : {0U, 7U, 15U, 16U, 30U}) {
        for (const float odd : {-1e-3F, -99999.0F, 127.01F, 1e30F, -std::numeric_limits<float>::infinity()}) {
            std::vector<float> values(31, 2.5F);
            values[at] = odd;
            std::vector<std::int32_t> units(values.size());
            CHECK_FALSE(round_narrow(values, {}, units).usual);
            std::vector<Persons> people(values.size());
            CHECK(round_usual(values, {}, people).usual == (odd == 127.01F));
        }
    }
}

}  // namespace phusong::test
