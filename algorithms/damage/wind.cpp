#include "algorithms/damage/wind.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numbers>

namespace phusong {
namespace {

constexpr double pascal_in_hpa = 100;
constexpr double exponent_at_maximum = 0.5;

/// ln(s exp(1 - s)) with s = (Rmax / r)^b: 0 at Rmax, negative elsewhere. @pre r > 0
double log_shape(double radius_of_maximum, double distance, double b) {
    const double s = std::pow(radius_of_maximum / distance, b);
    return std::log(s) + 1 - s;
}

}  // namespace

MeanWind in_one_minute(MeanWind wind, double ten_minutes_to_one_minute) {
    assert(ten_minutes_to_one_minute > 0);
    if (wind.averaging() == Averaging::one_minute) return wind;
    return MeanWind::over_one_minute(wind.metres_per_second() / ten_minutes_to_one_minute);
}

MeanWind in_ten_minutes(MeanWind wind, double ten_minutes_to_one_minute) {
    assert(ten_minutes_to_one_minute > 0);
    if (wind.averaging() == Averaging::ten_minutes) return wind;
    return MeanWind::over_ten_minutes(wind.metres_per_second() * ten_minutes_to_one_minute);
}

Gust gust_of(MeanWind wind, const GustFactors& factors) {
    const bool one_minute = wind.averaging() == Averaging::one_minute;
    return Gust::of_metres_per_second(wind.metres_per_second() *
                                      (one_minute ? factors.of_one_minute : factors.of_ten_minutes));
}

double holland_b(double maximum_metres_per_second, double pressure_deficit_hpa, const HollandRules& rules) {
    assert(pressure_deficit_hpa > 0);
    const double b = maximum_metres_per_second * maximum_metres_per_second * rules.air_density *
                     std::numbers::e / (pascal_in_hpa * pressure_deficit_hpa);
    return std::clamp(b, rules.least_b, rules.most_b);
}

HollandProfile::HollandProfile(double maximum_metres_per_second, double radius_of_maximum_km, double b,
                               const HollandRules& rules)
    : maximum_{maximum_metres_per_second},
      radius_km_{radius_of_maximum_km},
      b_{b},
      least_exponent_{rules.least_exponent} {
    const Periphery& outside = rules.periphery;
    assert(maximum_ > 0 && outside.metres_per_second > 0 && b_ > 0);
    assert(radius_km_ > 0 && radius_km_ < outside.radius_km);
    const double exponent_there =
        std::log(outside.metres_per_second / maximum_) / log_shape(radius_km_, outside.radius_km, b_);
    exponent_per_km_ = (exponent_there - exponent_at_maximum) / (outside.radius_km - radius_km_);
}

double HollandProfile::exponent_at(double distance_km) const {
    const double beyond = std::max(0.0, distance_km - radius_km_);
    return std::max(least_exponent_, exponent_at_maximum + beyond * exponent_per_km_);
}

double HollandProfile::wind_at(double distance_km) const {
    assert(distance_km >= 0);
    const double shape = log_shape(radius_km_, distance_km, b_);
    // In the centre s is infinite, and its logarithm less itself no number.
    if (!(distance_km > 0) || std::isnan(shape)) return 0;
    return maximum_ * std::exp(exponent_at(distance_km) * shape);
}

MeanWind decayed_inland(MeanWind at_landfall, double hours_inland, const InlandDecay& decay) {
    assert(hours_inland >= 0);
    const double behind_the_coast = decay.at_the_coast * in_one_minute(at_landfall).metres_per_second();
    if (behind_the_coast <= decay.background) return MeanWind::over_one_minute(behind_the_coast);
    return MeanWind::over_one_minute(decay.background + (behind_the_coast - decay.background) *
                                                            std::exp(-decay.per_hour * hours_inland));
}

}  // namespace phusong
