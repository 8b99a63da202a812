#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "algorithms/damage/wind.hpp"
#include "algorithms/zones/polygon.hpp"

namespace phusong {

/// What an agency reported of a storm at one moment.
struct StormFix {
    double hours = 0;  ///< from any fixed moment
    Point centre;      ///< longitude and latitude, degrees
    MeanWind maximum_wind;
    double central_hpa = 0;
    double environment_hpa = 0;
    std::optional<double> radius_of_maximum_km;
};

/// Fixes of which no track can be made.
class StormTrackError : public std::invalid_argument {
public:
    enum class Fault : std::uint8_t {
        no_fixes,
        not_in_order,         ///< hours do not ascend
        no_position,          ///< not on Earth
        no_wind,              ///< not positive
        no_pressure_deficit,  ///< the centre is no deeper than the environment
        no_radius,            ///< none reported and none stated, or not positive
    };
    StormTrackError(Fault fault, std::size_t fix, const std::string& message)
        : std::invalid_argument{message}, fault_{fault}, fix_{fix} {}

    [[nodiscard]] Fault fault() const { return fault_; }
    /// Place of the fix in the list.
    [[nodiscard]] std::size_t fix() const { return fix_; }

private:
    Fault fault_;
    std::size_t fix_;
};

/// A storm at one moment, all of it known.
struct StormMoment {
    double hours = 0;
    Point centre;
    double one_minute_metres_per_second = 0;  ///< largest 1-min mean at the surface
    double central_hpa = 0;
    double environment_hpa = 0;
    double radius_of_maximum_km = 0;

    friend bool operator==(const StormMoment&, const StormMoment&) = default;
};

/// Where a storm went and how strong it was, all winds as 1-min means over the sea.
class StormTrack {
public:
    /// @param radius_where_missing_km stands in for every radius of maximum wind that was not reported
    /// @throws StormTrackError naming the fix
    explicit StormTrack(const std::vector<StormFix>& fixes,
                        std::optional<double> radius_where_missing_km = std::nullopt,
                        double ten_minutes_to_one_minute = ten_minutes_to_one_minute_at_sea);

    /// Everything linear in time between two fixes, over the date line too. A track is not extended: before
    /// its first and after its last fix there is nothing.
    [[nodiscard]] std::optional<StormMoment> at(double hours) const;
    /// In order of time, at least one.
    [[nodiscard]] const std::vector<StormMoment>& moments() const { return moments_; }

private:
    std::vector<StormMoment> moments_;
};

/// @param place longitude and latitude, degrees
/// @pre the radius of maximum wind is smaller than the periphery's radius
[[nodiscard]] MeanWind wind_at(const StormMoment& storm, const Point& place, const HollandRules& rules = {});

/// What becomes of a wind over the sea at a place.
struct Exposure {
    double of_sea_wind = 1;  ///< the mean wind there / the mean wind over the sea
    GustFactors gusts = GustFactors::at_sea();

    [[nodiscard]] static constexpr Exposure sea() { return {}; }
    /// 20 % less wind than over the sea (Knaff et al. 2011), and gustier.
    [[nodiscard]] static constexpr Exposure open_land() { return {0.8, GustFactors::inland()}; }
};

struct LargestGust {
    Gust gust;
    double hours = 0;  ///< when it blew first

    friend bool operator==(const LargestGust&, const LargestGust&) = default;
};

/// Looks at least so often. A storm of Rmax 25 km that moves at 10 m/s is then seen within 1.5 km of where
/// its wind is largest, which takes less than 0.3 % off it.
inline constexpr double default_look_hours = 1.0 / 12;

/// The largest gust at a place while the track lasts, from equally spaced looks between fixes, fixes
/// included.
/// @pre look_hours > 0, and all radii of maximum wind are smaller than the periphery's
[[nodiscard]] LargestGust largest_gust(const StormTrack& track, const Point& place, const Exposure& exposure,
                                       const HollandRules& rules = {},
                                       double look_hours = default_look_hours);

}  // namespace phusong
