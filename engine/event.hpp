#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/layer_input.hpp"

namespace phusong {

/// Where damage was seen, and how much: polygons, or a raster of severity 0..1.
struct DamageInput {
    FileLayer file;
    std::string severity_field;             ///< of polygons, 0..1; empty: 1 inside every polygon
    std::string technology_field;           ///< of polygons: whom one hits; empty: `technologies`
    std::vector<std::string> technologies;  ///< empty: all
    /// Areas of one cause: the larger severity holds; of different causes: 1 - (1 - a)(1 - b).
    std::string cause = "damage";
    /// Independent layers that serve a place, m: severity s then takes s^m to s of it. 0: not known, [0, s].
    std::int32_t redundancy = 0;

    friend bool operator==(const DamageInput&, const DamageInput&) = default;
};

/// The table of sites: columns by what they mean. A column that is not named here and has the usual name
/// (the member's, "lon", "lat") is taken; one that is named must be there.
struct SiteTableInput {
    FileLayer file;
    /// What a column means -> how the file calls it: {"id", "ma_tram"}.
    std::vector<std::pair<std::string, std::string>> fields;
    std::optional<double> radius_m;  ///< of sites without a radius or footprint of their own
    FileLayer footprints;            ///< polygons; an empty path: none
    std::string footprint_id_field;  ///< of the polygons, what the table's `footprint` names

    friend bool operator==(const SiteTableInput&, const SiteTableInput&) = default;
};

/// How strong the wind was: a raster of gusts or means, or what follows from a storm's track.
struct WindInput {
    enum class Averaging : std::uint8_t { three_seconds, one_minute, ten_minutes };
    FileLayer raster;  ///< m/s at 10 m; an empty path: none
    Averaging averaging = Averaging::three_seconds;
    FileLayer track;                               ///< IBTrACS CSV; an empty path: none
    std::string storm;                             ///< name or SID in the track file
    std::optional<double> radius_of_maximum_km;    ///< where the track does not say
    bool inland_decay = false;                     ///< Kaplan-DeMaria over land; modelled, and said so
    double extend_hours = 0;                       ///< beyond the last fix along its last course; said so
    std::optional<double> default_design_gust_ms;  ///< of sites that do not tell what they are built for

    friend bool operator==(const WindInput&, const WindInput&) = default;
};

/// Where grid power is lost, and for how long.
struct PowerOutageInput {
    FileLayer file;              ///< polygons
    std::string lost_field;      ///< when, a time with its zone; empty: at the event's time
    std::string restored_field;  ///< when, a time with its zone; empty: not within the hours asked for

    friend bool operator==(const PowerOutageInput&, const PowerOutageInput&) = default;
};

/// One criterion of an optional index: 0 at `none`, 1 at `full`, fixed and not taken from the data.
struct IndexCriterion {
    enum class Kind : std::uint8_t { people_dark, share_dark, people_hours, roaming_dividend };
    Kind kind = Kind::people_dark;
    double none = 0;
    double full = 1;

    friend bool operator==(const IndexCriterion&, const IndexCriterion&) = default;
};

/// A storm, a flood: what happened and what may be asked about it.
struct EventInput {
    std::string name;
    /// Moment 0 of `hours`, seconds since 1970-01-01 UTC; unset: the tables of the event may name no times.
    std::optional<double> time;
    std::string time_text;  ///< as written
    std::vector<double> hours{0, 6, 12, 24, 48, 72};
    std::uint32_t scenarios = 1024;
    std::uint64_t seed = 1;

    std::vector<CoverageInput> after;  ///< coverage as seen afterwards
    std::vector<DamageInput> damage;
    std::optional<SiteTableInput> sites;
    std::optional<FileLayer>
        status;  ///< CSV: id, status, cause, since, repair_hours; overrides the site table
    std::optional<WindInput> wind;
    std::optional<FileLayer> flood_depth;  ///< raster, m over the ground
    std::vector<PowerOutageInput> power;
    std::string structure_curve;       ///< file or shipped name; empty: lattice-tower
    std::string grid_power_curve;      ///< file or shipped name; empty: grid-power-gust
    std::string battery_curve;         ///< file or shipped name; empty: battery-life
    double share_with_generators = 0;  ///< of sites that do not say whether they have one, 0..1
    /// Customers by operator, in parts of all; empty: as many with each operator of the site table.
    std::vector<std::pair<std::string, double>> customers;
    /// People with service below this part of the commune: under its floor. 0: only without any operator.
    double floor_share = 0;
    std::vector<IndexCriterion> index;
    bool hardened_site_per_commune = false;  ///< whether one is chosen for every commune

    friend bool operator==(const EventInput&, const EventInput&) = default;
};

}  // namespace phusong
