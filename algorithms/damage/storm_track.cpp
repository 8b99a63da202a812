#include "algorithms/damage/storm_track.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "algorithms/grid/earth_distance.hpp"

namespace phusong {
namespace {

using Fault = StormTrackError::Fault;

constexpr double metres_in_km = 1000;

/// Degrees to the east, -180..180.
double eastward(double from, double to) {
    return std::remainder(to - from, 360.0);
}

[[noreturn]] void refuse(Fault fault, std::size_t fix, const std::string& what) {
    throw StormTrackError{fault, fix, "fix " + std::to_string(fix + 1) + " of the storm track " + what};
}

StormMoment moment_of(const StormFix& fix, std::size_t place, std::optional<double> radius_where_missing_km,
                      double ten_minutes_to_one_minute) {
    if (!std::isfinite(fix.hours)) refuse(Fault::not_in_order, place, "has no time");
    if (!std::isfinite(fix.centre.x) || !(std::abs(fix.centre.y) <= 90)) {
        refuse(Fault::no_position, place, "has no place on Earth");
    }
    const double wind = in_one_minute(fix.maximum_wind, ten_minutes_to_one_minute).metres_per_second();
    if (!(wind > 0) || !std::isfinite(wind)) refuse(Fault::no_wind, place, "has no wind");
    const double deficit = fix.environment_hpa - fix.central_hpa;
    if (!(deficit > 0) || !std::isfinite(deficit)) {
        refuse(Fault::no_pressure_deficit, place, "has no lower pressure than its environment");
    }
    const std::optional<double> radius =
        fix.radius_of_maximum_km ? fix.radius_of_maximum_km : radius_where_missing_km;
    if (!radius || !(*radius > 0) || !std::isfinite(*radius)) {
        refuse(Fault::no_radius, place, "has no radius of maximum wind, and none is stated for those");
    }
    return {fix.hours, fix.centre, wind, fix.central_hpa, fix.environment_hpa, *radius};
}

StormMoment between(const StormMoment& a, const StormMoment& b, double part) {
    return {std::lerp(a.hours, b.hours, part),
            {a.centre.x + part * eastward(a.centre.x, b.centre.x), std::lerp(a.centre.y, b.centre.y, part)},
            std::lerp(a.one_minute_metres_per_second, b.one_minute_metres_per_second, part),
            std::lerp(a.central_hpa, b.central_hpa, part),
            std::lerp(a.environment_hpa, b.environment_hpa, part),
            std::lerp(a.radius_of_maximum_km, b.radius_of_maximum_km, part)};
}

}  // namespace

StormTrack::StormTrack(const std::vector<StormFix>& fixes, std::optional<double> radius_where_missing_km,
                       double ten_minutes_to_one_minute) {
    if (fixes.empty()) throw StormTrackError{Fault::no_fixes, 0, "a storm track needs at least one fix"};
    moments_.reserve(fixes.size());
    for (std::size_t i = 0; i < fixes.size(); ++i) {
        moments_.push_back(moment_of(fixes[i], i, radius_where_missing_km, ten_minutes_to_one_minute));
        if (i > 0 && !(fixes[i - 1].hours < fixes[i].hours)) {
            refuse(Fault::not_in_order, i, "is not later than the one before");
        }
    }
}

std::optional<StormMoment> StormTrack::at(double hours) const {
    const auto next = std::lower_bound(moments_.begin(), moments_.end(), hours,
                                       [](const StormMoment& a, double b) { return a.hours < b; });
    if (next == moments_.end()) return std::nullopt;
    if (next->hours == hours) return *next;
    if (next == moments_.begin()) return std::nullopt;
    const StormMoment& before = *(next - 1);
    StormMoment moment = between(before, *next, (hours - before.hours) / (next->hours - before.hours));
    moment.hours = hours;
    return moment;
}

MeanWind wind_at(const StormMoment& storm, const Point& place, const HollandRules& rules) {
    const double b =
        holland_b(storm.one_minute_metres_per_second, storm.environment_hpa - storm.central_hpa, rules);
    const HollandProfile profile{storm.one_minute_metres_per_second, storm.radius_of_maximum_km, b, rules};
    const Point nearest{storm.centre.x + eastward(storm.centre.x, place.x), place.y};
    return MeanWind::over_one_minute(
        profile.wind_at(metres_between({}, storm.centre, nearest) / metres_in_km));
}

LargestGust largest_gust(const StormTrack& track, const Point& place, const Exposure& exposure,
                         const HollandRules& rules, double look_hours) {
    assert(look_hours > 0);
    LargestGust largest{Gust::of_metres_per_second(-1), 0};
    const auto look = [&](const StormMoment& storm) {
        const MeanWind sea = wind_at(storm, place, rules);
        const MeanWind there = MeanWind::over_one_minute(exposure.of_sea_wind * sea.metres_per_second());
        const Gust gust = gust_of(there, exposure.gusts);
        if (gust > largest.gust) largest = {gust, storm.hours};
    };
    const std::vector<StormMoment>& moments = track.moments();
    look(moments.front());
    for (std::size_t i = 1; i < moments.size(); ++i) {
        const StormMoment& before = moments[i - 1];
        const auto looks =
            static_cast<std::int64_t>(std::ceil((moments[i].hours - before.hours) / look_hours));
        for (std::int64_t k = 1; k < looks; ++k) {
            look(between(before, moments[i], static_cast<double>(k) / static_cast<double>(looks)));
        }
        look(moments[i]);
    }
    return largest;
}

}  // namespace phusong
