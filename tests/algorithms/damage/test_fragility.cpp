#include "algorithms/damage/fragility.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <vector>

#include "algorithms/damage/storm.hpp"

namespace phusong::test {
namespace {

/// Phi(1), to 1e-12: Abramowitz and Stegun, table 26.1.
constexpr double one_deviation = 0.841344746069;

/// Mobile sites, Miyamoto International 2019, by way of Oughton et al. 2023.
const StepCurve mobile_sites{{{40, 0.06}, {50, 0.20}, {60, 0.73}, {70, 0.98}, {80, 1.00}}};

/// Distribution grid with low or medium fragility, open-gira.
const TabulatedCurve distribution_grid{{{22.5, 0},
                                        {25, 0.009},
                                        {31, 0.0225},
                                        {36, 0.045},
                                        {41, 0.08},
                                        {46, 0.2},
                                        {51, 0.37},
                                        {56, 0.6},
                                        {60, 0.79},
                                        {62, 1}}};

/// Distribution grid with high fragility, open-gira.
const TabulatedCurve fragile_grid{{{31.9, 0},
                                   {36.7, 0.04},
                                   {43.3, 0.1},
                                   {48.6, 0.2},
                                   {54.2, 0.35},
                                   {58.6, 0.7},
                                   {63.1, 0.9},
                                   {67.8, 0.98},
                                   {71.7, 1}}};

double squares(const LognormalCurve& curve, const std::vector<CurvePoint>& points) {
    double sum = 0;
    for (const auto& [intensity, probability] : points) {
        const double off = failure_probability(curve, intensity) - probability;
        sum += off * off;
    }
    return sum;
}

}  // namespace

TEST_CASE("Half of what is lognormal fails at the median, and a sixth one beta below") {
    const LognormalCurve curve{38.19, 0.15};
    CHECK(failure_probability(curve, 38.19) == 0.5);
    CHECK(failure_probability(curve, 38.19 * std::exp(0.15)) == Approx(one_deviation).epsilon(1e-11));
    CHECK(failure_probability(curve, 38.19 * std::exp(-0.15)) == Approx(1 - one_deviation).epsilon(1e-11));
    CHECK(failure_probability(curve, Gust::of_metres_per_second(38.19)) == 0.5);
    // Hazus, ground failure under a central office: median 25.4 cm, beta 0.5.
    CHECK(failure_probability(LognormalCurve{25.4, 0.5}, 25.4 * std::exp(0.5)) ==
          Approx(one_deviation).epsilon(1e-11));
}

TEST_CASE("Nothing fails without a hazard, and everything at an infinite one") {
    const double beyond = std::numeric_limits<double>::infinity();
    const std::vector<FragilityCurve> curves{LognormalCurve{31, 0.23}, LognormalCurve{31, 0}, mobile_sites,
                                             distribution_grid};
    for (const FragilityCurve& curve : curves) {
        CHECK(failure_probability(curve, 0.0) == 0);
        CHECK(failure_probability(curve, -3.0) == 0);
        CHECK(failure_probability(curve, beyond) == 1);
    }
}

TEST_CASE("A stronger hazard never fails less") {
    const std::vector<FragilityCurve> curves{LognormalCurve{31, 0.23}, LognormalCurve{31, 0}, mobile_sites,
                                             distribution_grid, fragile_grid};
    for (const FragilityCurve& curve : curves) {
        double before = 0;
        for (int quarters = 0; quarters < 480; ++quarters) {
            const double probability = failure_probability(curve, 0.25 * quarters);
            CHECK(probability >= before);
            CHECK(probability <= 1);
            before = probability;
        }
    }
}

TEST_CASE("Without a spread a lognormal curve is a threshold") {
    const LognormalCurve line{32.5, 0};
    const StepCurve threshold{{{32.5, 1}}};
    for (const double gust : {0.0, 32.4999, 32.5, 32.5001, 100.0}) {
        CAPTURE(gust);
        CHECK(failure_probability(line, gust) == (gust < 32.5 ? 0 : 1));
        CHECK(failure_probability(threshold, gust) == failure_probability(line, gust));
    }
}

TEST_CASE("Steps hold from their intensity on") {
    CHECK(failure_probability(mobile_sites, 39.999) == 0);
    CHECK(failure_probability(mobile_sites, 40.0) == 0.06);
    CHECK(failure_probability(mobile_sites, 49.999) == 0.06);
    CHECK(failure_probability(mobile_sites, 55.0) == 0.20);
    CHECK(failure_probability(mobile_sites, 60.0) == 0.73);
    CHECK(failure_probability(mobile_sites, 79.999) == 0.98);
    CHECK(failure_probability(mobile_sites, 80.0) == 1);
    CHECK(failure_probability(mobile_sites, 500.0) == 1);
    CHECK(failure_probability(StepCurve{}, 50.0) == 0);
}

TEST_CASE("A tabulated curve goes through its points, straight between them and flat outside") {
    for (const TabulatedCurve& curve : {distribution_grid, fragile_grid}) {
        for (const CurvePoint& point : curve.points) {
            CHECK(failure_probability(curve, point.intensity) == point.probability);
        }
    }
    CHECK(failure_probability(distribution_grid, 43.5) == Approx(0.14).epsilon(1e-12));
    CHECK(failure_probability(distribution_grid, 61.5) == Approx(0.9475).epsilon(1e-12));
    CHECK(failure_probability(distribution_grid, 10.0) == 0);
    CHECK(failure_probability(distribution_grid, 90.0) == 1);
    const TabulatedCurve never_sure{{{10, 0.2}, {20, 0.6}}};
    CHECK(failure_probability(never_sure, 5.0) == 0.2);
    CHECK(failure_probability(never_sure, 25.0) == 0.6);
    CHECK(failure_probability(TabulatedCurve{{{10, 0.3}}}, 7.0) == 0.3);
}

TEST_CASE("The lognormal curve published for mobile sites is the best one at the middles of their steps") {
    std::vector<CurvePoint> middles;
    for (const double gust : {5, 15, 25, 35, 45, 55, 65, 75, 85, 95, 105, 115}) {
        middles.push_back({gust, failure_probability(mobile_sites, gust)});
    }
    const double best = squares({60.5, 0.116}, middles);
    for (const LognormalCurve& other : {LognormalCurve{60.4, 0.116}, LognormalCurve{60.6, 0.116},
                                        LognormalCurve{60.5, 0.114}, LognormalCurve{60.5, 0.118}}) {
        CHECK(best < squares(other, middles));
    }
}

TEST_CASE("Lattice towers of all published designs have the published medians") {
    // Reinoso et al. 2020, W3.5 to W3.14 of Nirandjan et al. 2024: design gust in km/h, median in m/s.
    struct Row {
        double design = 0;
        double median = 0;
    };
    for (const auto& [design, median] : std::vector<Row>{{110, 38.19},
                                                         {120, 41.67},
                                                         {130, 45.14},
                                                         {140, 48.61},
                                                         {150, 52.08},
                                                         {160, 55.56},
                                                         {170, 59.03},
                                                         {180, 62.50},
                                                         {190, 65.97},
                                                         {200, 69.44}}) {
        CAPTURE(design);
        const LognormalCurve tower = lattice_tower(Gust::of_metres_per_second(design / 3.6));
        CHECK(std::abs(tower.median - median) < 0.0051);
        CHECK(tower.beta == 0.150);
    }
    CHECK(lattice_tower(Gust::of_metres_per_second(40), {1.5, 0.2}) == LognormalCurve{60, 0.2});
}

TEST_CASE("An uncertain hazard widens a curve in quadrature around the same median") {
    const LognormalCurve tower{50, 0.15};
    CHECK(risk_of(tower, 40, 0) == Risk::independent(failure_probability(tower, 40.0)));
    CHECK(risk_of(tower, 50, 0.2).probability == 0.5);
    CHECK(risk_of(tower, 40, 0.2).probability ==
          Approx(failure_probability(LognormalCurve{50, 0.25}, 40.0)).epsilon(1e-12));
    CHECK(risk_of(tower, 40, 0.2).probability > failure_probability(tower, 40.0));
    CHECK(risk_of(tower, 60, 0.2).probability < failure_probability(tower, 60.0));
}

TEST_CASE("A curve widened by the hazard's error is the mean of the curve over that error") {
    const LognormalCurve tower{50, 0.15};
    const double gust = 43;
    // Trapezoids over eight deviations on either side.
    double sum = 0;
    double weights = 0;
    for (int step = -512; step <= 512; ++step) {
        const double z = step / 64.0;
        const double weight = std::exp(-0.5 * z * z);
        sum += weight * failure_probability(tower, gust * std::exp(0.2 * z));
        weights += weight;
    }
    CHECK(risk_of(tower, gust, 0.2).probability == Approx(sum / weights).epsilon(1e-10));
}

TEST_CASE("A step without a hazard error, a table and no wind at all ask nothing of the storm") {
    CHECK(risk_of(LognormalCurve{50, 0}, 50, 0) == Risk::independent(1));
    CHECK(risk_of(LognormalCurve{50, 0}, 49.9, 0) == Risk::independent(0));
    CHECK(risk_of(LognormalCurve{50, 0.15}, 0, 0.2) == Risk::independent(0));
    CHECK(risk_of(TabulatedCurve{{{20, 0}, {40, 0.5}}}, 30, 0.2) == Risk::independent(0.25));
    CHECK(risk_of(StepCurve{{{30, 1}}}, 30, 0.2) == Risk::independent(1));
}

TEST_CASE("The prior of grid power lost is half at 31 m/s and close to all at 50") {
    CHECK(failure_probability(power_lost_prior, Gust::of_metres_per_second(31)) == 0.5);
    CHECK(failure_probability(power_lost_prior, 31 * std::exp(0.23)) == Approx(one_deviation).epsilon(1e-11));
    CHECK(failure_probability(power_lost_prior, Gust::of_metres_per_second(50)) > 0.98);
    CHECK(failure_probability(power_lost_prior, Gust::of_metres_per_second(15)) < 0.001);
}

TEST_CASE("Batteries and generators give the outages that two storms had") {
    // Doksuri 2017: 348 of 1,593 sites after 3-4 hours, 893 of them on generators.
    const double doksuri = out_after_power_loss(3.5, 893.0 / 1593);
    CHECK(doksuri == Approx(348.0 / 1593).margin(0.005));
    // Bualoi 2025, Hà Tĩnh: 3 % on the air after about 12 hours, no generators.
    CHECK(out_after_power_loss(12, 0) == Approx(0.97).margin(0.005));
}

TEST_CASE("Sites go off the air one after another once power is lost, up to those with generators") {
    CHECK(out_after_power_loss(-1, 0.3) == 0);
    CHECK(out_after_power_loss(0, 0.3) == 0);
    double before = 0;
    for (int halves = 1; halves < 144; ++halves) {
        const double out = out_after_power_loss(0.5 * halves, 0.3);
        CHECK(out > before);
        CHECK(out <= 0.7);
        before = out;
    }
    CHECK(out_after_power_loss(1e9, 0.3) == Approx(0.7).epsilon(1e-12));
    CHECK(out_after_power_loss(1e9, 1) == 0);
    CHECK(out_after_power_loss(8, 0, {8, 0}) == 1);
    CHECK(out_after_power_loss(7.9, 0, {8, 0}) == 0);
    CHECK(out_after_power_loss(8, 0.5, {8, 0.4}) == 0.25);
}

TEST_CASE("A site is flooded when the water stands higher than its plinth") {
    const Plinth known{0.5, 0};
    CHECK(flooded_probability(0.5, known) == 0);
    CHECK(flooded_probability(0.5001, known) == 1);
    const Plinth uncertain{0.5, 0.2};
    CHECK(flooded_probability(0.5, uncertain) == 0.5);
    CHECK(flooded_probability(0.7, uncertain) == Approx(one_deviation).epsilon(1e-11));
    CHECK(flooded_probability(0.3, uncertain) == Approx(1 - one_deviation).epsilon(1e-11));
    CHECK(flooded_probability(0.6, uncertain) > flooded_probability(0.55, uncertain));
    CHECK(flooded_probability(10, uncertain) == 1);
}

TEST_CASE("Dry ground floods nothing, however low the plinth may be") {
    CHECK(flooded_probability(0, {0.1, 0.3}) == 0);
    CHECK(flooded_probability(-2, {-5, 0}) == 0);
}

}  // namespace phusong::test
