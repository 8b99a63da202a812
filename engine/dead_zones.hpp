#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "algorithms/dead_zones/patch.hpp"
#include "algorithms/grid/cell.hpp"
#include "engine/study.hpp"
#include "engine/technologies.hpp"

namespace phusong {

/// One kind of dead zone that a study looks for, with its layers resolved.
struct DeadZoneDefinition {
    DeadZoneInput input;                    ///< as written, or the default
    std::vector<std::size_t> technologies;  ///< numbers of Plan::technologies
    PatchRule rule;                         ///< of an event: what it took away, called `lost`
};

/// Those of the study; the default one (neither 4g nor 5g; without either, no technology at all) when the
/// study does not say.
/// @throws InputError when a technology has no layer
[[nodiscard]] std::vector<DeadZoneDefinition> dead_zone_definitions(
    const Study& study, const std::vector<Technology>& technologies);

/// What of a dead zone lies in one commune.
struct DeadZonePart {
    std::size_t zone = 0;  ///< of Plan::zones
    Persons people;        ///< raked like the commune
    Area area;             ///< inside the commune

    friend bool operator==(const DeadZonePart&, const DeadZonePart&) = default;
};

/// From a cell to the cell that is nearest to it among those with service.
struct WayToService {
    Cell from;
    Cell served;
    double metres = 0;

    friend bool operator==(const WayToService&, const WayToService&) = default;
};

struct PlaceNearby {
    std::size_t place = 0;  ///< of PlacesSource::places
    double metres = 0;

    friend bool operator==(const PlaceNearby&, const PlaceNearby&) = default;
};

/// What policy calls a zone, by the settlements in it, or by the nearest one when none lies in it.
enum class SettlementKind : std::uint8_t {
    not_known,  ///< no settlements given, or the settlement's own service is not known
    no_signal,  ///< trắng sóng: no signal at the settlement's centre
    outlying    ///< lõm sóng: the centre has signal, this outlying cluster has not
};

/// A connected set of cells inside the communes without any of the asked technologies.
struct DeadZone {
    /// Value in dead_zones.tif. The number of the first cell, counted from 1, where that fits 32 bits: it
    /// does not depend on tiles, threads or other zones. On larger grids the zones are numbered in the order
    /// of their first cells.
    std::uint32_t id = 0;
    CellNumber key = 0;         ///< of its patch
    CellNumber first_cell = 0;  ///< counted from 0, row-major over the study grid
    std::size_t rank = 0;       ///< from 1: most people first, ties by id
    Persons people;             ///< raked where the study rakes; nobody twice
    std::int64_t cells = 0;
    Area area;                             ///< of its whole cells
    Window bounds;                         ///< in study cells
    std::vector<DeadZonePart> communes;    ///< most people first, then most land, then by number
    std::vector<std::size_t> missing;      ///< technologies of Plan::technologies that nobody in it has
    Persons possible_people;               ///< in cells of unknown service that touch it
    Cell point;                            ///< of its cells the one farthest from its edge
    std::optional<WayToService> farthest;  ///< from its worst cell; unset when no cell has service
    std::optional<double> mean_metres;     ///< to the nearest served cell, weighted by people
    std::optional<PlaceNearby> site;
    std::vector<std::size_t> settlements;  ///< inside it, in the order of the file
    std::size_t without_grid_power = 0;    ///< lõm điện: settlements inside that have no grid power
    SettlementKind kind = SettlementKind::not_known;
    std::optional<std::size_t> outline;  ///< handle in the run's scratch; unset when it was too large to draw

    friend bool operator==(const DeadZone&, const DeadZone&) = default;
};

/// What is unserved and in no listed zone.
struct DeadZoneRemainder {
    std::int64_t zones = 0;
    std::int64_t cells = 0;
    Persons people;
    Area area;  ///< of whole cells

    friend bool operator==(const DeadZoneRemainder&, const DeadZoneRemainder&) = default;
};

struct CommuneDeadZones {
    std::size_t zones = 0;    ///< that have a part in it
    Persons people;           ///< in those parts
    std::size_t largest = 0;  ///< rank of the zone with most of its people; 0: none
    Persons largest_people;   ///< of the commune in that zone

    friend bool operator==(const CommuneDeadZones&, const CommuneDeadZones&) = default;
};

/// The answer to one definition. zones + remainder = unserved, exactly.
struct DeadZones {
    std::vector<DeadZone> zones;  ///< by rank
    DeadZoneRemainder remainder;
    Persons unserved;                        ///< from the ledger
    std::vector<CommuneDeadZones> communes;  ///< by number of Plan::zones
};

}  // namespace phusong
