#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "algorithms/damage/fragility.hpp"
#include "algorithms/damage/site_network.hpp"

namespace phusong {

/// How likely something fails in a storm that is not exactly known. One error of the hazard, common to the
/// whole storm, makes all failures more or less likely together; given that error they are independent.
struct Risk {
    double probability = 0;  ///< over all storms that may come, 0..1
    /// What part of the spread of ln(gust) - ln(strength) the storm-wide error is, 0..1: 0 is independent of
    /// all others, 1 is decided by the storm alone.
    double storm_part = 0;

    [[nodiscard]] static Risk independent(double probability) { return {probability, 0}; }
    /// Of something that fails when the gust exceeds its strength, both lognormal.
    /// @param log_ratio ln(expected gust / median strength)
    /// @param beta spread of ln(strength) @param hazard_error spread of ln(gust) over the whole storm
    /// @pre neither is negative, one is positive
    [[nodiscard]] static Risk lognormal(double log_ratio, double beta, double hazard_error);

    friend bool operator==(const Risk&, const Risk&) = default;
};

/// What a curve says of an intensity that is itself not exactly known. A lognormal curve widens in quadrature
/// around its median, and what the hazard's error adds is common to the whole storm; without that error, and
/// for curves of other shapes, whose points the error is taken to be in, failures are independent.
/// @param hazard_error spread of ln(intensity). @pre the intensity is a number, the error not negative
[[nodiscard]] Risk risk_of(const FragilityCurve& curve, double intensity, double hazard_error);

/// A risk once the storm-wide error is known. Its mean over standard normal errors is the risk's probability;
/// for `Risk::lognormal` it is Phi((log_ratio + hazard_error x error) / beta).
class ConditionalRisk {
public:
    /// @pre 0 <= probability <= 1 and 0 <= storm_part <= 1
    explicit ConditionalRisk(const Risk& risk);
    /// @param storm_error in standard deviations; positive is stronger than expected
    [[nodiscard]] double given(double storm_error) const;

private:
    Risk risk_;
    bool fixed_;  ///< whatever the storm
    double threshold_ = 0;
    double own_part_ = 1;
};

inline constexpr std::int32_t no_power_zone = -1;

struct SiteRisk {
    Risk structure;
    Risk power;                               ///< its own supply
    std::int32_t power_zone = no_power_zone;  ///< place in the storm's list
    Risk flood{};                             ///< a second thing that makes the structure fail

    friend bool operator==(const SiteRisk&, const SiteRisk&) = default;
};

/// Sites that lose power together. Its name keys its draws.
struct PowerZone {
    std::string name;
    Risk risk;

    friend bool operator==(const PowerZone&, const PowerZone&) = default;
};

/// What may fail, and how likely. Common causes are the storm-wide error, the power zones, and hubs, which
/// are sites that carry others.
struct Storm {
    std::vector<SiteRisk> sites;
    std::vector<PowerZone> power_zones;
    std::vector<Risk> links;  ///< by number of link; none: links never fail

    friend bool operator==(const Storm&, const Storm&) = default;
};

/// Some of the scenarios of one seed; which are drawn together changes none of them.
struct ScenarioRange {
    std::uint32_t first = 0;
    std::uint32_t count = 0;
};

/// Error of the storm of each scenario, in standard deviations.
[[nodiscard]] std::vector<double> storm_errors(std::uint64_t seed, ScenarioRange scenarios);

/// Draws what fails: first the storm-wide error of a scenario, then power zones, sites and links given it.
/// Each draw is keyed by the seed, the id of the site (name of the zone, ids of both ends of a link) and the
/// scenario, so the order of sites, the range and the thread change no bit, and a site more changes no
/// other's fate. With a higher probability and the same storm part a thing fails wherever it failed before.
/// @pre `storm` fits the network: a risk for every site, power zones exist, links none or all
[[nodiscard]] NetworkFailures draw_failures(const SiteNetwork& network, const Storm& storm,
                                            std::uint64_t seed, ScenarioRange scenarios);

}  // namespace phusong
