#include "algorithms/damage/wind.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <type_traits>
#include <vector>

namespace phusong::test {
namespace {

static_assert(!std::is_default_constructible_v<MeanWind>);
static_assert(!std::is_constructible_v<MeanWind, double>);
static_assert(!std::is_convertible_v<double, MeanWind>);
static_assert(!std::is_convertible_v<double, Gust>);
static_assert(!std::is_convertible_v<MeanWind, Gust>);

struct At {
    double km = 0;
    double value = 0;
};

/// b of a storm when it is known from elsewhere: limits are no matter.
HollandProfile profile(double maximum, double radius_km, double b) {
    return {maximum, radius_km, b};
}

}  // namespace

// Numbers of Holland's profile: unit tests of CLIMADA 6.1 (test_trop_cyclone_windfields.py), facts only.

TEST_CASE("Holland's b of surface winds is that of CLIMADA, within 0.81 and 2.025") {
    HollandRules rules;
    rules.air_density = 1.2;
    CHECK(std::abs(holland_b(22.5, 15, rules) - 1.101) < 1e-3);
    CHECK(std::abs(holland_b(25.4, 30, rules) - 0.810) < 1e-3);
    CHECK(std::abs(holland_b(42.5, 40, rules) - 1.473) < 1e-3);
    CHECK(holland_b(1, 100, rules) == 0.81);
    CHECK(holland_b(90, 10, rules) == 2.025);
}

TEST_CASE("Holland's b of winds at gradient level is that of CLIMADA, within 1 and 2.5") {
    HollandRules rules;
    rules.least_b = 1;
    rules.most_b = 2.5;
    CHECK(std::abs(holland_b(35, 15, rules) - 2.5) < 1e-6);
    CHECK(std::abs(holland_b(40, 30, rules) - 1.667213) < 1e-6);
}

TEST_CASE("Holland's b undoes the largest wind that Holland 2008 makes of b and a pressure deficit") {
    HollandRules rules;
    rules.most_b = 3;
    // dV 1e-6 m/s is db 2 b dV / V.
    CHECK(std::abs(holland_b(34.635341, 15, rules) - 2.5) < 2e-7);
    CHECK(std::abs(holland_b(40.033421, 30, rules) - 1.67) < 2e-7);
}

TEST_CASE("The exponent of Holland's profile is that of CLIMADA") {
    const HollandProfile storm = profile(35, 75, 1.75);
    for (const auto& [km, x] :
         std::vector<At>{{0, 0.5}, {75, 0.5}, {220, 0.485077}, {300, 0.476844}, {490, 0.457291}}) {
        CAPTURE(km);
        CHECK(std::abs(storm.exponent_at(km) - x) < 1e-6);
    }
}

TEST_CASE("The wind of Holland's profile is that of CLIMADA") {
    const HollandProfile weaker = profile(35, 75, 1.75);
    for (const auto& [km, v] :
         std::vector<At>{{0, 0}, {75, 35}, {220, 21.181497}, {300, 17.0}, {490, 12.103461}}) {
        CAPTURE(km);
        CHECK(std::abs(weaker.wind_at(km) - v) < 1e-6);
    }
    const HollandProfile stronger = profile(90, 90, 1.6);
    for (const auto& [km, v] :
         std::vector<At>{{32, 24.823469}, {91, 89.992938}, {270, 24.381965}, {300, 17.0}, {452, 1.929202}}) {
        CAPTURE(km);
        CHECK(std::abs(stronger.wind_at(km) - v) < 1e-6);
    }
}

TEST_CASE("At the radius of maximum wind the wind is the largest, and it falls on both sides to nothing") {
    for (const double maximum : {9.0, 12.9, 17.0, 17.5, 20.0, 36.0, 60.0, 90.0}) {
        for (const double radius_km : {10.0, 25.0, 75.0, 150.0, 290.0}) {
            for (const double b : {0.81, 1.3, 2.025}) {
                CAPTURE(maximum, radius_km, b);
                const HollandProfile storm = profile(maximum, radius_km, b);
                CHECK(storm.wind_at(radius_km) == maximum);
                CHECK(storm.wind_at(0) == 0);
                CHECK(storm.wind_at(1e-9) == 0);
                bool falls = true;
                for (int km = static_cast<int>(radius_km); km < 800; ++km) {
                    falls = falls && storm.wind_at(km + 1) <= storm.wind_at(km);
                }
                CHECK(falls);
                bool rises = true;
                for (int part = 1; part < 100; ++part) {
                    rises = rises && storm.wind_at(radius_km * part / 100) <=
                                         storm.wind_at(radius_km * (part + 1) / 100);
                }
                CHECK(rises);
                CHECK(storm.wind_at(2e7) < 0.05 * maximum);
            }
        }
    }
}

TEST_CASE("A storm no stronger than the periphery does not blow harder there than in its heart") {
    const HollandProfile depression = profile(12.9, 60, 0.9);
    CHECK(depression.exponent_at(300) == 0.4);
    CHECK(depression.wind_at(300) < 12.9);
    // With 17 m/s at 300 km the exponent would be negative.
    HollandRules rules;
    rules.least_exponent = -10;
    CHECK(HollandProfile(12.9, 60, 0.9, rules).wind_at(300) == Approx(17).epsilon(1e-12));
}

TEST_CASE("Ten-minute winds are 0.93 of one-minute winds at sea, and back") {
    // WMO/TD-No. 1555
    CHECK(in_ten_minutes(MeanWind::over_one_minute(40)) == MeanWind::over_ten_minutes(40 * 0.93));
    CHECK(in_one_minute(MeanWind::over_ten_minutes(37.2)).metres_per_second() == Approx(40).epsilon(1e-15));
    CHECK(in_one_minute(MeanWind::over_one_minute(40)) == MeanWind::over_one_minute(40));
    CHECK(in_ten_minutes(MeanWind::over_ten_minutes(40)) == MeanWind::over_ten_minutes(40));
    CHECK(in_ten_minutes(MeanWind::over_one_minute(40), 0.8) == MeanWind::over_ten_minutes(32));
    CHECK_FALSE(MeanWind::over_one_minute(40) == MeanWind::over_ten_minutes(40));
}

TEST_CASE("The landfall of Bualoi, 80 knots over one minute, is force 13 of the Vietnamese scale") {
    // IBTrACS v04r01, 28 September 2025 18:00. Force 13: 134-149 km/h over ten minutes, as in bulletins.
    const MeanWind landfall = MeanWind::over_one_minute(80 * metres_per_second_in_knot);
    CHECK(landfall.metres_per_second() == Approx(41.1556).epsilon(1e-5));
    const double km_an_hour = 3.6 * in_ten_minutes(landfall).metres_per_second();
    CHECK(km_an_hour > 133.5);
    CHECK(km_an_hour < 149.5);
}

TEST_CASE("The same number is a weaker gust when it was averaged over a minute than over ten") {
    for (const GustFactors& where :
         {GustFactors::at_sea(), GustFactors::onshore(), GustFactors::offshore(), GustFactors::inland()}) {
        const Gust from_one = gust_of(MeanWind::over_one_minute(30), where);
        const Gust from_ten = gust_of(MeanWind::over_ten_minutes(30), where);
        CHECK(Gust::of_metres_per_second(30) < from_one);
        CHECK(from_one < from_ten);
    }
    // WMO/TD-No. 1555
    CHECK(gust_of(MeanWind::over_one_minute(30), GustFactors::at_sea()).metres_per_second() == 30 * 1.11);
    CHECK(gust_of(MeanWind::over_ten_minutes(30), GustFactors::inland()).metres_per_second() == 30 * 1.66);
}

TEST_CASE("Inland winds decay as Kaplan and DeMaria say") {
    // V(t) = Vb + (R V0 - Vb) exp(-a t), worked out elsewhere to four decimals with a knot of 0.514444 m/s,
    // which moves Vb by 1.2e-5.
    struct Row {
        double landfall = 0;
        double hours = 0;
        double wind = 0;
    };
    for (const auto& [landfall, hours, wind] : std::vector<Row>{
             {30, 0, 27.0},
             {30, 1, 25.7979},
             {30, 3, 23.7106},
             {30, 6, 21.237},
             {30, 12, 17.9778},
             {30, 24, 15.0924},
             {40, 0, 36.0},
             {40, 1, 33.9822},
             {40, 3, 30.4788},
             {40, 6, 26.3267},
             {40, 12, 20.8562},
             {40, 24, 16.0129},
             {50, 0, 45.0},
             {50, 1, 42.1666},
             {50, 3, 37.2469},
             {50, 6, 31.4164},
             {50, 12, 23.7346},
             {50, 24, 16.9335},
         }) {
        CAPTURE(landfall, hours);
        const MeanWind inland = decayed_inland(MeanWind::over_one_minute(landfall), hours);
        CHECK(inland.averaging() == Averaging::one_minute);
        CHECK(std::abs(inland.metres_per_second() - wind) < 6.2e-5);
    }
}

TEST_CASE("Inland winds fall with every hour towards the background wind, and never rise to it") {
    double before = 1e9;
    for (int halves = 0; halves <= 192; ++halves) {
        const double wind = decayed_inland(MeanWind::over_one_minute(45), 0.5 * halves).metres_per_second();
        CHECK(wind < before);
        before = wind;
    }
    CHECK(before == Approx(26.7 * 1852 / 3600).epsilon(1e-3));
    // 0.9 x 12 m/s is weaker than 26.7 kt.
    for (const double hours : {0.0, 6.0, 48.0}) {
        CHECK(decayed_inland(MeanWind::over_one_minute(12), hours).metres_per_second() ==
              Approx(10.8).epsilon(1e-12));
    }
    CHECK(decayed_inland(MeanWind::over_ten_minutes(37.2), 6).metres_per_second() ==
          Approx(26.3267).epsilon(1e-5));
}

}  // namespace phusong::test
