#include "algorithms/damage/storm_track.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace phusong::test {
namespace {

using Fault = StormTrackError::Fault;

constexpr double km_in_nautical_mile = 1.852;

StormFix fix(double hours, Point centre, double knots, double central, double environment,
             std::optional<double> radius_miles) {
    if (radius_miles) radius_miles = *radius_miles * km_in_nautical_mile;
    return {hours,   centre,      MeanWind::over_one_minute(knots * metres_per_second_in_knot),
            central, environment, radius_miles};
}

/// The last 18 hours of IBTrACS v04r01 (provisional) before Bualoi's landfall, from 28 September 2025 00:00
/// on.
std::vector<StormFix> bualoi() {
    return {fix(0, {109.4, 16.4}, 70, 982, 1005, 25),  fix(3, {108.7, 16.7}, 70, 981, 1004, 23),
            fix(6, {108.1, 17.0}, 70, 980, 1003, 20),  fix(9, {107.6, 17.4}, 70, 979, 1002, 25),
            fix(12, {107.1, 17.7}, 70, 977, 1001, 30), fix(15, {106.6, 18.0}, 75, 974, 1002, 23),
            fix(18, {106.2, 18.2}, 80, 970, 1002, 15)};
}

/// 40 m/s, Rmax 30 km, along the meridian of 105 degrees, 10 degrees in 20 hours.
std::vector<StormFix> northward() {
    const MeanWind wind = MeanWind::over_one_minute(40);
    return {{0, {105, 10}, wind, 970, 1010, 30}, {20, {105, 20}, wind, 970, 1010, 30}};
}

Fault fault_of(const std::vector<StormFix>& fixes, std::optional<double> radius = std::nullopt) {
    try {
        const StormTrack track{fixes, radius};
    } catch (const StormTrackError& error) {
        CHECK(std::string{error.what()}.find("track") != std::string::npos);
        return error.fault();
    }
    FAIL("a track was made of it");
    return {};
}

}  // namespace

TEST_CASE("At its fixes a storm is what was reported, between them in proportion of the time") {
    const StormTrack track{bualoi()};
    REQUIRE(track.moments().size() == 7);
    CHECK(track.at(15) == track.moments()[5]);
    const StormMoment moment = track.at(16).value();
    CHECK(moment.hours == 16);
    CHECK(moment.centre.x == Approx(106.6 - 0.4 / 3).epsilon(1e-12));
    CHECK(moment.centre.y == Approx(18 + 0.2 / 3).epsilon(1e-12));
    CHECK(moment.one_minute_metres_per_second ==
          Approx((75 + 5.0 / 3) * metres_per_second_in_knot).epsilon(1e-12));
    CHECK(moment.central_hpa == Approx(974 - 4.0 / 3).epsilon(1e-12));
    CHECK(moment.environment_hpa == Approx(1002).epsilon(1e-12));
    CHECK(moment.radius_of_maximum_km == Approx((23 - 8.0 / 3) * km_in_nautical_mile).epsilon(1e-12));
}

TEST_CASE("A track does not reach beyond its fixes") {
    const StormTrack track{bualoi()};
    CHECK(track.at(0).has_value());
    CHECK(track.at(18).has_value());
    CHECK_FALSE(track.at(-0.001).has_value());
    CHECK_FALSE(track.at(18.001).has_value());
}

TEST_CASE("A storm crosses the date line the short way, and blows on both sides of it") {
    const MeanWind wind = MeanWind::over_one_minute(40);
    const StormTrack track{{{0, {179.5, 15}, wind, 970, 1010, 30}, {6, {-179.5, 15}, wind, 970, 1010, 30}}};
    const StormMoment middle = track.at(3).value();
    CHECK(middle.centre.x == Approx(180).epsilon(1e-12));
    CHECK(wind_at(middle, {-179.7, 15}).metres_per_second() ==
          Approx(wind_at(middle, {179.7, 15}).metres_per_second()).epsilon(1e-9));
    CHECK(wind_at(middle, {-179.7, 15}).metres_per_second() > 35);
}

TEST_CASE("Ten-minute winds enter a track as the one-minute winds that they are") {
    std::vector<StormFix> fixes = northward();
    fixes[1].maximum_wind = MeanWind::over_ten_minutes(37.2);
    const StormTrack track{fixes};
    CHECK(track.moments()[0].one_minute_metres_per_second == 40);
    CHECK(track.moments()[1].one_minute_metres_per_second == Approx(40).epsilon(1e-12));
    const StormTrack other{fixes, std::nullopt, 0.8};
    CHECK(other.moments()[1].one_minute_metres_per_second == Approx(46.5).epsilon(1e-12));
}

TEST_CASE("A missing radius of maximum wind is what was stated for it, or an error, never a guess") {
    std::vector<StormFix> fixes = northward();
    fixes[1].radius_of_maximum_km = std::nullopt;
    CHECK(fault_of(fixes) == Fault::no_radius);
    const StormTrack track{fixes, 45};
    CHECK(track.moments()[0].radius_of_maximum_km == 30);
    CHECK(track.moments()[1].radius_of_maximum_km == 45);
    CHECK(fault_of(fixes, 0) == Fault::no_radius);
    fixes[1].radius_of_maximum_km = -5;
    CHECK(fault_of(fixes, 45) == Fault::no_radius);
}

TEST_CASE("Fixes of which no track can be made are named") {
    const double nothing = std::numeric_limits<double>::quiet_NaN();
    CHECK(fault_of({}) == Fault::no_fixes);
    const auto changed = [](auto change) {
        std::vector<StormFix> fixes = northward();
        change(fixes[1]);
        return fixes;
    };
    CHECK(fault_of(changed([](StormFix& f) { f.hours = 0; })) == Fault::not_in_order);
    CHECK(fault_of(changed([&](StormFix& f) { f.hours = nothing; })) == Fault::not_in_order);
    CHECK(fault_of(changed([](StormFix& f) { f.centre.y = 90.5; })) == Fault::no_position);
    CHECK(fault_of(changed([&](StormFix& f) { f.centre.x = nothing; })) == Fault::no_position);
    CHECK(fault_of(changed([](StormFix& f) { f.maximum_wind = MeanWind::over_one_minute(0); })) ==
          Fault::no_wind);
    CHECK(fault_of(changed([](StormFix& f) { f.central_hpa = 1010; })) == Fault::no_pressure_deficit);
    CHECK(fault_of(changed([&](StormFix& f) { f.environment_hpa = nothing; })) == Fault::no_pressure_deficit);
    try {
        const StormTrack track{changed([](StormFix& f) { f.hours = -1; })};
        FAIL("a track was made of it");
    } catch (const StormTrackError& error) {
        CHECK(error.fix() == 1);
        CHECK(std::string{error.what()} == "fix 2 of the storm track is not later than the one before");
    }
}

TEST_CASE("A storm blows hardest at its radius of maximum wind, and nowhere far away") {
    const StormMoment landfall = StormTrack{bualoi()}.moments().back();
    // 15 nautical miles north of the centre: 27780 m at 110,679 m a degree (radius of the meridian, 18.3 N).
    const MeanWind wall = wind_at(landfall, {106.2, 18.2 + 27780.0 / 110679});
    CHECK(wall.averaging() == Averaging::one_minute);
    CHECK(wall.metres_per_second() == Approx(80 * metres_per_second_in_knot).epsilon(1e-6));
    CHECK(wind_at(landfall, landfall.centre).metres_per_second() == 0);
    CHECK(wind_at(landfall, {106.2, 18.3}).metres_per_second() < wall.metres_per_second());
    CHECK(wind_at(landfall, {104, 18.2}).metres_per_second() < 17);
    CHECK(wind_at(landfall, {-70, -18}).metres_per_second() < 1);
}

TEST_CASE(
    "The largest gust is the one of the closest approach when that is outside the radius of maximum wind") {
    const StormTrack track{northward()};
    // 0.7 degrees east of the track where the storm is after 10 hours.
    const LargestGust largest = largest_gust(track, {105.7, 15}, Exposure::sea());
    CHECK(largest.hours == Approx(10).margin(default_look_hours));
    const MeanWind closest = wind_at(track.at(10).value(), {105.7, 15});
    CHECK(largest.gust.metres_per_second() ==
          Approx(gust_of(closest, GustFactors::at_sea()).metres_per_second()).epsilon(1e-4));
}

TEST_CASE("Where the eye passes, the largest gust comes before it with the whole maximum wind") {
    const StormTrack track{northward()};
    const LargestGust largest = largest_gust(track, {105, 15}, Exposure::sea());
    CHECK(largest.gust.metres_per_second() <= 40 * 1.11);
    CHECK(largest.gust.metres_per_second() > 0.997 * 40 * 1.11);
    // 30 km south of 15 N, at 110,643 m a degree and two hours a degree
    CHECK(largest.hours == Approx(10 - 2 * 30000 / 110643.0).margin(default_look_hours));
}

TEST_CASE("The largest gust over Bualoi's last day is that of a second reckoning") {
    // The same formulas in Python, every 10 seconds, distances after Vincenty 1975: largest 1-min mean over
    // the sea in m/s, and its hour.
    struct Place {
        const char* name = "";
        Point at;
        double wind = 0;
        double hours = 0;
    };
    for (const auto& [name, at, wind, hours] :
         std::vector<Place>{{"Hà Tĩnh", {105.90, 18.34}, 39.770946, 18},
                            {"Vinh", {105.69, 18.67}, 27.910642, 18},
                            {"Kỳ Anh", {106.30, 18.07}, 38.096062, 14.486},
                            {"Đồng Hới", {106.62, 17.48}, 37.716222, 14.175},
                            {"Thanh Hóa", {105.78, 19.81}, 18.794905, 15}}) {
        CAPTURE(name);
        const LargestGust sea = largest_gust(StormTrack{bualoi()}, at, Exposure::sea());
        CHECK(sea.gust.metres_per_second() == Approx(wind * 1.11).epsilon(1e-4));
        CHECK(std::abs(sea.hours - hours) < default_look_hours);
        const LargestGust land = largest_gust(StormTrack{bualoi()}, at, Exposure::open_land());
        CHECK(land.gust.metres_per_second() == Approx(wind * 0.8 * 1.49).epsilon(1e-4));
        CHECK(land.hours == sea.hours);
    }
}

TEST_CASE("Looking ten times as often adds less than 0.3 per cent to a gust") {
    const StormTrack track{northward()};
    for (const double east : {0.0, 0.1, 0.28, 0.3, 0.5, 1.0, 3.0}) {
        CAPTURE(east);
        const Point place{105 + east, 14.03};
        const double seldom = largest_gust(track, place, Exposure::sea()).gust.metres_per_second();
        const double often =
            largest_gust(track, place, Exposure::sea(), {}, default_look_hours / 10).gust.metres_per_second();
        CHECK(seldom <= often);
        CHECK(seldom > 0.997 * often);
    }
}

TEST_CASE("A track of one fix blows once") {
    const StormTrack track{{northward()[0]}};
    const LargestGust largest = largest_gust(track, {105.7, 10}, Exposure::sea());
    CHECK(largest.hours == 0);
    CHECK(largest.gust == gust_of(wind_at(track.moments()[0], {105.7, 10}), GustFactors::at_sea()));
}

TEST_CASE("Over open land gusts are to one-minute winds as the two medians of power lost under Bualoi") {
    // 31.1 m/s as 3-s gust inland and 26.1 m/s as 1-min mean, fitted to the same four provinces, each to
    // 0.05.
    const Exposure land = Exposure::open_land();
    const double ratio = land.of_sea_wind * land.gusts.of_one_minute;
    CHECK(ratio > 31.05 / 26.15);
    CHECK(ratio < 31.15 / 26.05);
}

}  // namespace phusong::test
