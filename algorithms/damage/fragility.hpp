#pragma once

#include <variant>
#include <vector>

#include "algorithms/damage/wind.hpp"

namespace phusong {

/// Failure where the intensity exceeds a strength that is lognormal: Phi(ln(intensity / median) / beta).
struct LognormalCurve {
    double median = 0;  ///< half of them fail; unit of the intensity
    double beta = 0;    ///< spread of ln(strength); 0: all of them fail from the median on, none below

    friend bool operator==(const LognormalCurve&, const LognormalCurve&) = default;
};

struct CurvePoint {
    double intensity = 0;
    double probability = 0;

    friend bool operator==(const CurvePoint&, const CurvePoint&) = default;
};

/// Straight lines between points; the first one's probability before it, the last one's after it.
/// @pre there are points, and their intensities ascend strictly
struct TabulatedCurve {
    std::vector<CurvePoint> points;

    friend bool operator==(const TabulatedCurve&, const TabulatedCurve&) = default;
};

/// Each probability holds from its intensity, inclusive, to the next one; 0 below the first. One step to 1 is
/// a threshold. @pre intensities ascend strictly
struct StepCurve {
    std::vector<CurvePoint> steps;

    friend bool operator==(const StepCurve&, const StepCurve&) = default;
};

/// Probability of failure by intensity of a hazard, which is the curve's to say: a 3-s gust in m/s, a depth
/// in m. Never a curve of repair cost: a damaged tenth of a value is no outage of one in ten.
using FragilityCurve = std::variant<LognormalCurve, TabulatedCurve, StepCurve>;

/// @pre the intensity is a number, and all probabilities of the curve are 0..1
[[nodiscard]] double failure_probability(const FragilityCurve& curve, double intensity);
/// Of a curve for gusts in m/s.
[[nodiscard]] inline double failure_probability(const FragilityCurve& curve, Gust gust) {
    return failure_probability(curve, gust.metres_per_second());
}

/// Spread of ln(gust) of a modelled wind that goes on top of a curve's own: about 15 %.
inline constexpr double default_hazard_error = 0.15;

/// What turns a lattice tower's design into its curve: Reinoso et al. 2020, curves W3.5 to W3.14 of Nirandjan
/// et al. 2024, are these two numbers for design gusts of 110 to 200 km/h.
struct LatticeTowerRule {
    double median_to_design_gust = 1.25;
    double beta = 0.15;

    friend bool operator==(const LatticeTowerRule&, const LatticeTowerRule&) = default;
};

/// @param design_gust 3 s at 10 m, for which the tower was built
[[nodiscard]] LognormalCurve lattice_tower(Gust design_gust, const LatticeTowerRule& rule = {});

/// Share of customers that lose grid power by 3-s gust in m/s. A prior only, from four provinces under Bualoi
/// in 2025; where the utility says who is out, that holds.
inline constexpr LognormalCurve power_lost_prior{31, 0.23};

/// How long sites run on batteries, lognormal. Defaults from two published storms: Doksuri 2017 (of 1,593
/// sites without grid power, 893 on generators, 348 were off the air after 3-4 h) and Bualoi 2025 in Ha Tinh
/// (3 % on the air after about 12 h).
struct BatteryLife {
    double median_hours = 3.5;
    double sigma = 0.65;  ///< spread of ln(hours)

    friend bool operator==(const BatteryLife&, const BatteryLife&) = default;
};

/// P(off the air at t | grid power lost at 0) = (1 - g) F(t).
/// @param share_with_generators g, of generators that keep their fuel: a scenario's to say; 0.56 in Doksuri,
/// 0 in Ha Tinh under Bualoi. @pre 0..1
/// @return 0 while the power is not lost yet, that is at t <= 0
[[nodiscard]] double out_after_power_loss(double hours, double share_with_generators,
                                          const BatteryLife& battery = {});

/// Height over the ground at which water reaches what a site cannot run without, normal.
struct Plinth {
    double height_metres = 0;
    double deviation_metres = 0;  ///< 0: known exactly

    friend bool operator==(const Plinth&, const Plinth&) = default;
};

/// P(depth > plinth); without water nothing is flooded, however uncertain the plinth.
/// @pre the depth is a number, the deviation not negative
[[nodiscard]] double flooded_probability(double depth_metres, const Plinth& plinth);

}  // namespace phusong
