#pragma once

#include <compare>
#include <cstdint>

namespace phusong {

/// A 3-s gust at 10 m: the one wind that is stored and that curves of failure are asked with.
class Gust {
public:
    [[nodiscard]] static constexpr Gust of_metres_per_second(double speed) { return Gust{speed}; }
    [[nodiscard]] constexpr double metres_per_second() const { return speed_; }

    friend constexpr auto operator<=>(Gust, Gust) = default;

private:
    explicit constexpr Gust(double speed) : speed_{speed} {}

    double speed_ = 0;
};

enum class Averaging : std::uint8_t { one_minute, ten_minutes };

/// A mean wind at 10 m, in m/s. There is none without its averaging period.
class MeanWind {
public:
    [[nodiscard]] static constexpr MeanWind over_one_minute(double metres_per_second) {
        return {metres_per_second, Averaging::one_minute};
    }
    [[nodiscard]] static constexpr MeanWind over_ten_minutes(double metres_per_second) {
        return {metres_per_second, Averaging::ten_minutes};
    }

    [[nodiscard]] constexpr double metres_per_second() const { return speed_; }
    [[nodiscard]] constexpr Averaging averaging() const { return averaging_; }

    friend constexpr bool operator==(MeanWind, MeanWind) = default;

private:
    constexpr MeanWind(double speed, Averaging averaging) : speed_{speed}, averaging_{averaging} {}

    double speed_ = 0;
    Averaging averaging_ = Averaging::one_minute;
};

/// International knot, 1852 m an hour.
inline constexpr double metres_per_second_in_knot = 1852.0 / 3600.0;

/// The largest 10-min mean / the largest 1-min mean of a storm over the sea: Harper, Kepert and Ginger 2010,
/// WMO/TD-No. 1555.
inline constexpr double ten_minutes_to_one_minute_at_sea = 0.93;

/// @pre the ratio is positive
[[nodiscard]] MeanWind in_one_minute(MeanWind wind,
                                     double ten_minutes_to_one_minute = ten_minutes_to_one_minute_at_sea);
/// @pre the ratio is positive
[[nodiscard]] MeanWind in_ten_minutes(MeanWind wind,
                                      double ten_minutes_to_one_minute = ten_minutes_to_one_minute_at_sea);

/// The largest 3-s gust within a period / the mean of that period, by where the wind blows. The named ones:
/// Harper, Kepert and Ginger 2010, WMO/TD-No. 1555.
struct GustFactors {
    double of_one_minute = 0;
    double of_ten_minutes = 0;

    [[nodiscard]] static constexpr GustFactors at_sea() { return {1.11, 1.23}; }
    [[nodiscard]] static constexpr GustFactors onshore() { return {1.23, 1.38}; }   ///< "off-sea"
    [[nodiscard]] static constexpr GustFactors offshore() { return {1.36, 1.52}; }  ///< "off-land"
    [[nodiscard]] static constexpr GustFactors inland() { return {1.49, 1.66}; }    ///< roughly open

    friend constexpr bool operator==(const GustFactors&, const GustFactors&) = default;
};

/// @param wind as it blows at the place that the factors are of
[[nodiscard]] Gust gust_of(MeanWind wind, const GustFactors& factors);

/// A wind known at some distance outside the radius of maximum wind. The default is the one of Holland et al.
/// 2010 for storms of which nothing better is known. Averaged as the maximum wind is.
struct Periphery {
    double metres_per_second = 17;
    double radius_km = 300;

    friend constexpr bool operator==(const Periphery&, const Periphery&) = default;
};

/// What Holland's profile takes for granted.
struct HollandRules {
    double air_density = 1.15;  ///< kg/m3 (Holland 1980)
    /// Of surface winds: 0.9^2 times 1..2.5, which Holland 1980 gives for winds at gradient level, and 0.9 is
    /// the surface wind / gradient wind (CLIMADA 6.1).
    double least_b = 0.81;
    double most_b = 2.025;  ///< see above
    Periphery periphery;
    /// Below it the wind of a weak storm would rise again with distance (CLIMADA 6.1), so the periphery's
    /// wind is not always attained.
    double least_exponent = 0.4;

    friend constexpr bool operator==(const HollandRules&, const HollandRules&) = default;
};

/// Shape of the profile, from the storm's largest wind: b = Vmax^2 density e / deficit, within the limits of
/// the rules. Holland 1980, eq. 5 and 6 at Rmax. @pre the deficit is positive
/// @param maximum_metres_per_second at the surface, for limits that are of surface winds
[[nodiscard]] double holland_b(double maximum_metres_per_second, double pressure_deficit_hpa,
                               const HollandRules& rules = {});

/// The mean wind of a storm by distance from its centre: Holland et al. 2010, eq. 6 and 10,
/// V(r) = Vmax (s exp(1 - s))^x with s = (Rmax / r)^b; x = 0.5 up to Rmax, from there on a line that meets
/// the periphery's wind, but not below the least exponent. Symmetric: the storm's own movement adds nothing,
/// as Vmax has it inside. Vmax at Rmax, 0 in the centre, falling on both sides: outside for 800 km, and by no
/// more than 0.4 % rising anywhere beyond (Rmax from 5 km, Vmax up to 90 m/s).
class HollandProfile {
public:
    /// @pre positive winds and radii, 0 < Rmax < the periphery's radius
    HollandProfile(double maximum_metres_per_second, double radius_of_maximum_km, double b,
                   const HollandRules& rules = {});

    [[nodiscard]] double exponent_at(double distance_km) const;
    /// In m/s, averaged as the maximum was. @pre the distance is not negative
    [[nodiscard]] double wind_at(double distance_km) const;

private:
    double maximum_;
    double radius_km_;
    double b_;
    double exponent_per_km_ = 0;
    double least_exponent_;
};

/// How the largest wind of a storm dies over land: Kaplan and DeMaria 1995, without their term for the
/// distance from the coast.
struct InlandDecay {
    double at_the_coast = 0.9;                             ///< R, of the wind before landfall
    double background = 26.7 * metres_per_second_in_knot;  ///< Vb, 1-min mean, m/s
    double per_hour = 0.095;                               ///< a
};

/// Vb + (R V0 - Vb) exp(-a t), a 1-min mean. A wind that is weaker than Vb behind the coast stays as it is:
/// land strengthens no storm.
/// @param at_landfall before the coast weakens it. @pre hours_inland >= 0
[[nodiscard]] MeanWind decayed_inland(MeanWind at_landfall, double hours_inland,
                                      const InlandDecay& decay = {});

}  // namespace phusong
