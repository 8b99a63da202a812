#include "algorithms/damage/fragility.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "algorithms/support/normal.hpp"

namespace phusong {
namespace {

/// The first point beyond an intensity.
std::vector<CurvePoint>::const_iterator first_beyond(const std::vector<CurvePoint>& points,
                                                     double intensity) {
    assert(std::adjacent_find(points.begin(), points.end(), [](const CurvePoint& a, const CurvePoint& b) {
               return !(a.intensity < b.intensity);
           }) == points.end());
    return std::upper_bound(points.begin(), points.end(), intensity,
                            [](double at, const CurvePoint& point) { return at < point.intensity; });
}

double probability_at(const LognormalCurve& curve, double intensity) {
    assert(curve.median > 0 && curve.beta >= 0);
    if (intensity <= 0) return 0;
    if (curve.beta <= 0) return intensity >= curve.median ? 1 : 0;
    return normal_cdf(std::log(intensity / curve.median) / curve.beta);
}

double probability_at(const TabulatedCurve& curve, double intensity) {
    assert(!curve.points.empty());
    const auto after = first_beyond(curve.points, intensity);
    if (after == curve.points.begin()) return after->probability;
    const CurvePoint& before = *(after - 1);
    if (after == curve.points.end()) return before.probability;
    return std::lerp(before.probability, after->probability,
                     (intensity - before.intensity) / (after->intensity - before.intensity));
}

double probability_at(const StepCurve& curve, double intensity) {
    const auto after = first_beyond(curve.steps, intensity);
    return after == curve.steps.begin() ? 0 : (after - 1)->probability;
}

}  // namespace

double failure_probability(const FragilityCurve& curve, double intensity) {
    assert(!std::isnan(intensity));
    return std::visit([intensity](const auto& shape) { return probability_at(shape, intensity); }, curve);
}

LognormalCurve lattice_tower(Gust design_gust, const LatticeTowerRule& rule) {
    return {rule.median_to_design_gust * design_gust.metres_per_second(), rule.beta};
}

double out_after_power_loss(double hours, double share_with_generators, const BatteryLife& battery) {
    assert(share_with_generators >= 0 && share_with_generators <= 1);
    return (1 - share_with_generators) * probability_at({battery.median_hours, battery.sigma}, hours);
}

double flooded_probability(double depth_metres, const Plinth& plinth) {
    assert(!std::isnan(depth_metres) && plinth.deviation_metres >= 0);
    if (depth_metres <= 0) return 0;
    const double above = depth_metres - plinth.height_metres;
    if (plinth.deviation_metres <= 0) return above > 0 ? 1 : 0;
    return normal_cdf(above / plinth.deviation_metres);
}

}  // namespace phusong
