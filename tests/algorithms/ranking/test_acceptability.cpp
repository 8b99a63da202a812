#include "algorithms/ranking/acceptability.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

namespace phusong::test {
namespace {

// hand_smaa_exact.csv: A=(0.9, 0.2, 0.5), B=(0.5, 0.6, 0.6), C=(0.2, 0.9, 0.4), D=(0.4, 0.4, 0.9),
// E=(0.45, 0.5, 0.5), uniform weights on the 2-simplex, by polygon area with rational arithmetic.
const CriteriaTable table{3, {0.9, 0.2, 0.5, 0.5, 0.6, 0.6, 0.2, 0.9, 0.4, 0.4, 0.4, 0.9, 0.45, 0.5, 0.5}};
constexpr double published_ranks[5][5] = {{0.327327327, 0.088599314, 0.160263835, 0.063690476, 0.360119048},
                                          {0.053513514, 0.742972973, 0.203513514, 0, 0},
                                          {0.280000000, 0.043571429, 0.140164835, 0.055906593, 0.480357143},
                                          {0.339159159, 0.124856285, 0.232809953, 0.210317460, 0.092857143},
                                          {0, 0, 0.263247863, 0.670085470, 0.066666667}};
constexpr double published_expected[5] = {3.040674603, 2.150000000, 3.413049451, 2.592857143, 3.803418803};
/// Pairs in the order A>B, A>C, A>D, A>E, B>C, B>D, B>E, C>D, C>E, D>E.
constexpr double published_wins[10] = {2.0 / 5,   9.0 / 16, 25.0 / 63, 0.6,       7.0 / 10,
                                       11.0 / 20, 1,        5.0 / 14,  32.0 / 65, 32.0 / 45};

}  // namespace

TEST_CASE("Rank acceptabilities of three criteria are the published exact ones") {
    const Acceptability exact = exact_acceptability(table);
    for (std::size_t a = 0; a < 5; ++a) {
        for (std::size_t r = 1; r <= 5; ++r) {
            CHECK(exact.rank(a, r) == Approx(published_ranks[a][r - 1]).margin(6e-10));
        }
        CHECK(exact.expected_rank(a) == Approx(published_expected[a]).margin(6e-10));
    }
    CHECK(exact.rank(0, 1) == Approx(109.0 / 333).margin(1e-12));
    CHECK(exact.rank(1, 1) == Approx(99.0 / 1850).margin(1e-12));
    CHECK(exact.rank(2, 1) == Approx(7.0 / 25).margin(1e-12));
    CHECK(exact.rank(3, 1) == Approx(5647.0 / 16650).margin(1e-12));
    std::size_t pair = 0;
    for (std::size_t a = 0; a < 5; ++a) {
        for (std::size_t b = a + 1; b < 5; ++b, ++pair) {
            CHECK(exact.wins(a, b) == Approx(published_wins[pair]).margin(1e-12));
            CHECK(exact.wins(b, a) == Approx(1 - published_wins[pair]).margin(1e-12));
        }
    }
}

TEST_CASE("Drawn acceptabilities lie within four standard errors of the exact ones") {
    constexpr std::uint32_t draws = 40000;
    const Acceptability exact = exact_acceptability(table);
    const Acceptability drawn = drawn_acceptability(table, 11, draws);
    const auto near = [&](double a, double b) {
        return std::abs(a - b) <= 4 * std::sqrt(b * (1 - b) / draws) + 1e-12;
    };
    for (std::size_t a = 0; a < 5; ++a) {
        double ranks = 0;
        for (std::size_t i = 0; i < 5; ++i) {
            CHECK(near(drawn.rank(a, i + 1), exact.rank(a, i + 1)));
            CHECK(near(drawn.wins(a, i), exact.wins(a, i)));
            ranks += drawn.rank(a, i + 1);
        }
        CHECK(ranks == Approx(1));
    }
    CHECK(drawn.wins(1, 4) == 1);
}

TEST_CASE("With two criteria the weights are a line, with one there is nothing to weigh") {
    // (1, 0) beats (0, 1) for half of the weights, and (0.25, 0.25) for three quarters.
    const Acceptability two = exact_acceptability(CriteriaTable{2, {1, 0, 0, 1, 0.25, 0.25}});
    CHECK(two.wins(0, 1) == Approx(0.5));
    CHECK(two.wins(0, 2) == Approx(0.75));
    CHECK(two.rank(0, 1) == Approx(0.5));
    CHECK(two.rank(2, 2) == Approx(0.5));
    CHECK(two.rank(2, 3) == Approx(0.5));
    const Acceptability one = exact_acceptability(CriteriaTable{1, {0.2, 0.7}});
    CHECK(one.rank(1, 1) == 1);
    CHECK(one.rank(0, 2) == 1);
}

TEST_CASE("Weights of four criteria are drawn evenly over the simplex") {
    // The first of four weights exceeds 1/2 with probability (1/2)^3.
    const Acceptability drawn =
        drawn_acceptability(CriteriaTable{4, {1, 0, 0, 0, 0.5, 0.5, 0.5, 0.5}}, 5, 40000);
    CHECK(std::abs(drawn.wins(0, 1) - 0.125) < 4 * std::sqrt(0.125 * 0.875 / 40000));
}

TEST_CASE("Equal alternatives beat nobody of their kind and rank in the order of the table") {
    const CriteriaTable twins{3, {0.3, 0.2, 0.1, 0.3, 0.2, 0.1}};
    for (const Acceptability& result : {exact_acceptability(twins), drawn_acceptability(twins, 1, 100)}) {
        CHECK(result.wins(0, 1) == 0);
        CHECK(result.wins(1, 0) == 0);
        CHECK(result.rank(0, 1) == Approx(1));
        CHECK(result.rank(1, 2) == Approx(1));
    }
}

TEST_CASE("Goalposts are fixed, may run downwards, and nothing lies beyond them") {
    CHECK(goalpost_index(30, 20, 60) == 0.25);
    CHECK(goalpost_index(10, 20, 60) == 0);
    CHECK(goalpost_index(70, 20, 60) == 1);
    CHECK(goalpost_index(30, 60, 20) == 0.75);
}

}  // namespace phusong::test
