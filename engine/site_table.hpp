#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "algorithms/damage/fragility.hpp"
#include "algorithms/damage/site_network.hpp"
#include "algorithms/damage/wind.hpp"
#include "algorithms/zones/polygon.hpp"

namespace phusong {

/// One site as its table and the maps of the event tell it. What is not set is not known.
struct SiteRecord {
    std::string id;
    std::string operator_name;              ///< empty: of no operator in particular
    std::vector<std::string> technologies;  ///< "4g", "5g"; in alphabetical order, none twice
    Point position;                         ///< in the study's CRS
    double radius_m = 0;                    ///< of its service; used where there is no footprint
    MultiPolygon footprint;                 ///< in the study's CRS; without parts: the radius holds
    std::vector<std::string> parents;       ///< ids of the sites that carry its traffic, 0 to 2
    std::string power_zone;                 ///< empty: none
    std::optional<double> battery_hours;
    std::optional<bool> generator;
    std::optional<double> plinth_m;
    std::optional<Gust> design_gust;
    Status status = Status::unknown;                ///< on or off the air, when somebody looked
    OutageCause cause = OutageCause::unattributed;  ///< of a site that is down
    std::optional<double> since_hours;              ///< when it went down, from the event's time
    std::optional<double> repair_hours;             ///< after which it works again, from the event's time

    std::optional<Gust> gust;                    ///< at its place
    std::optional<double> flood_depth_m;         ///< at its place
    std::optional<double> power_lost_hours;      ///< from the event's time; unset: no outage was seen there
    std::optional<double> power_restored_hours;  ///< from the event's time; unset: not while one looks

    friend bool operator==(const SiteRecord&, const SiteRecord&) = default;
};

/// The curves and priors by which hazards turn into probabilities, each with its source for the manifest.
struct HazardRules {
    /// Unset: a lattice tower's, from each site's design gust.
    std::optional<FragilityCurve> structure;
    LatticeTowerRule lattice_tower;
    std::optional<Gust> default_design_gust;  ///< of sites that do not tell; unset: their masts do not fail
    FragilityCurve grid_power = power_lost_prior;  ///< by gust
    BatteryLife battery;
    Plinth plinth;  ///< of sites that do not tell
    double hazard_error = default_hazard_error;
    std::vector<std::pair<std::string, std::string>> sources;  ///< name of a curve -> where it comes from

    friend bool operator==(const HazardRules&, const HazardRules&) = default;
};

/// All sites of a study, opened.
struct SiteTable {
    std::string name;               ///< file as the user gave it
    std::vector<SiteRecord> sites;  ///< in the order of the file
    HazardRules rules;
    bool wind_known = false;     ///< gusts come from a raster or a track
    bool wind_modelled = false;  ///< from a track
    std::string operation;       ///< how positions came into the study's CRS; empty: they were in it
    bool synthetic = false;

    friend bool operator==(const SiteTable&, const SiteTable&) = default;
};

}  // namespace phusong
