#include <catch2/catch.hpp>
#include <limits>

#include "algorithms/ledger/tally_tile.hpp"
#include "algorithms/quantities/area.hpp"
#include "algorithms/quantities/persons.hpp"
#include "algorithms/quantities/share.hpp"

namespace phusong::test {

TEST_CASE("People add up to the same bits in any order, unlike doubles") {
    const double values[] = {0.1, 1e8, 1e-3, 12345.678, 0.1};
    Persons forwards;
    Persons backwards;
    for (int i = 0; i < 5; ++i) {
        forwards += Persons::round(values[i]);
        backwards += Persons::round(values[4 - i]);
    }
    CHECK(forwards == backwards);
}

TEST_CASE("More people than the type holds are refused, never wrapped") {
    CHECK_THROWS_AS(Persons::round(1e12), QuantityOverflow);
    CHECK_THROWS_AS(Persons::round(std::numeric_limits<double>::quiet_NaN()), QuantityOverflow);
    Persons most = Persons::of_units(std::numeric_limits<std::int64_t>::max());
    CHECK_THROWS_AS(most += Persons::of_units(1), QuantityOverflow);
    CHECK_THROWS_AS(Area::round(1e14) * 1000, QuantityOverflow);
}

TEST_CASE("A share of the most people that fit loses nothing to overflow") {
    const Persons many = Persons::round(2e11);
    CHECK(part_of(many, Share::whole()) == many);
    CHECK(part_of(many, Share::round(0.5)).value() == 1e11);
    CHECK(part_of(many, Share::none()) == Persons{});
}

TEST_CASE("The even parts of an amount add up to it and differ by one unit at most") {
    for (const std::int64_t units : {0, 1, 7, 255, 256, 1000003}) {
        const Persons amount = Persons::of_units(units);
        Persons sum;
        for (std::int64_t i = 0; i < 256; ++i) {
            const Persons part = even_part(amount, i, 256);
            CHECK((part.units() == units / 256 || part.units() == units / 256 + 1));
            sum += part;
        }
        CHECK(sum == amount);
    }
}

}  // namespace phusong::test
