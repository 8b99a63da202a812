#include "algorithms/ledger/ledger.hpp"

#include <catch2/catch.hpp>

#include "algorithms/ledger/sampling_spread.hpp"
#include "tests/support/merge_laws.hpp"

namespace phusong::test {
namespace {

Ledger ledger(std::int64_t seed) {
    Ledger out;
    for (std::int64_t i = 1; i < 6; ++i) {
        const auto state = ServiceState::of_bits(static_cast<std::uint64_t>((seed * i) % 5));
        out.add({static_cast<ZoneNumber>(i * seed % 4) - 2, state},
                {Persons::of_units(seed * 1000 + i), Area::of_units(seed * 77 + i)});
        out.add_served({static_cast<ZoneNumber>(i), static_cast<std::int32_t>(seed % 2)},
                       Persons::of_units(seed * 13 + i));
    }
    return out;
}

}  // namespace

TEST_CASE("Ledgers merge as a commutative monoid") {
    check_merge_laws(Ledger{}, ledger(1), ledger(2), ledger(7));
}

TEST_CASE("Sampling spreads merge as a commutative monoid") {
    const auto spread = [](std::int64_t seed) {
        SamplingSpread out;
        out.add({static_cast<ZoneNumber>(seed), 0}, Persons::round(static_cast<double>(seed)));
        out.add({0, 1}, Persons::round(static_cast<double>(seed) + 0.5));
        return out;
    };
    check_merge_laws(SamplingSpread{}, spread(3), spread(4), spread(9));
}

TEST_CASE("Rows come sorted by zone and state, whatever the order of adding") {
    const auto rows = ledger(3).rows();
    for (std::size_t i = 1; i < rows.size(); ++i) CHECK(rows[i - 1].key < rows[i].key);
}

TEST_CASE("The standard error of 100 mixed cells of 10 people is sigma times 100") {
    SamplingSpread spread;
    for (int i = 0; i < 100; ++i) spread.add({0, 0}, Persons::round(10));
    CHECK(spread.standard_error({0, 0}, 0.05) == Approx(5));
    CHECK(spread.standard_error({1, 0}, 0.05) == 0);
    CHECK(standard_error_of_cell(1) == Approx(0.2887).epsilon(1e-3));
    CHECK(standard_error_of_cell(4) == Approx(0.0361).epsilon(1e-2));
}

TEST_CASE("A balance holds only when every unit is accounted for") {
    Ledger out;
    out.add({0, {}}, {Persons::of_units(70), {}});
    out.add({outside_every_zone, {}}, {Persons::of_units(40), {}});
    out.add({counted_twice, {}}, {Persons::of_units(10), {}});
    CHECK(balance_of(out, Persons::of_units(100)).holds());
    CHECK_FALSE(balance_of(out, Persons::of_units(101)).holds());
}

}  // namespace phusong::test
