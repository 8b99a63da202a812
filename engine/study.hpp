#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/event.hpp"
#include "engine/layer_input.hpp"
#include "engine/restoration_input.hpp"
#include "engine/rollout_input.hpp"
#include "engine/target_input.hpp"

namespace phusong {

struct CommunesInput {
    FileLayer file;
    std::string code_field;  ///< empty: guessed when obvious, with a notice
    std::string name_field;  ///< empty: guessed when obvious, with a notice
    std::string
        province_field;  ///< empty: guessed when obvious, with a notice; else one province without a name

    friend bool operator==(const CommunesInput&, const CommunesInput&) = default;
};

struct PopulationInput {
    enum class Values : std::uint8_t { people_per_cell, people_per_km2 };
    FileLayer file;
    Values values = Values::people_per_cell;
    std::string adjust_to;  ///< commune attribute with the official head count; empty: none

    friend bool operator==(const PopulationInput&, const PopulationInput&) = default;
};

/// What counts as a dead zone (vùng lõm sóng): connected cells inside the communes where no operator gives
/// any of the technologies.
struct DeadZoneInput {
    std::string name;                       ///< names outputs: "no_mobile"
    std::vector<std::string> technologies;  ///< as the coverage layers name them: "4g", "5g"
    std::int32_t connectivity = 8;          ///< 8: cells that touch at a corner belong together; or 4
    /// Only cells with people belong; they are joined across uninhabited unserved cells.
    bool populated_only = true;
    double minimum_people = 0;    ///< smaller zones are summed up in the remainder
    double minimum_area_km2 = 0;  ///< smaller zones are summed up in the remainder

    friend bool operator==(const DeadZoneInput&, const DeadZoneInput&) = default;
};

/// A layer of points: settlements, or sites (masts).
struct PlacesInput {
    FileLayer file;
    std::string id_field;          ///< empty: guessed when obvious, with a notice; else numbered from 1
    std::string name_field;        ///< empty: guessed when obvious, with a notice; else without names
    std::string grid_power_field;  ///< of settlements, yes or no: national grid power; empty: not known

    friend bool operator==(const PlacesInput&, const PlacesInput&) = default;
};

/// How the CSV files of the results are written.
enum class CsvDialect : std::uint8_t {
    rfc,       ///< RFC 4180: commas, decimal points, LF
    excel_vi,  ///< as Excel in Vietnam opens it: byte-order mark, semicolons, decimal commas
};

/// What service.tif holds.
enum class ServiceRaster : std::uint8_t {
    study_cells,       ///< per study cell 0 unserved, 1 served, 255 unknown
    population_share,  ///< per population cell the part of it that is served, 0..1
    none
};

/// That the report speaks first; its reader may switch.
enum class ReportLanguage : std::uint8_t { vietnamese, english };

/// Everything a planner asks for, independent of file formats. Results depend on this and the inputs alone.
struct Study {
    std::string name;
    CommunesInput communes;
    PopulationInput population;
    std::vector<CoverageInput> coverage;
    std::optional<std::int32_t> refine;  ///< parts per population cell side; unset: chosen by the plan
    ServiceRaster service_raster = ServiceRaster::study_cells;
    /// Unset: one definition, `no_mobile`, from the 4g and 5g layers of the study (from all its layers when
    /// it has neither). Empty: none are looked for.
    std::optional<std::vector<DeadZoneInput>> dead_zones;
    std::optional<PlacesInput> settlements;
    std::optional<PlacesInput> sites;
    bool distance_raster = false;  ///< distance.tif: metres to the nearest served cell
    bool web_tiles = false;        ///< phusong.pmtiles: communes and dead zones for web maps
    CsvDialect csv_dialect = CsvDialect::rfc;
    std::optional<EventInput> event;  ///< unset: the study knows of no damage
    /// Of an event with sites; unset: no repairs are planned.
    std::optional<RestorationInput> restoration;
    std::vector<TargetInput> targets;
    std::optional<RolloutInput> rollout;  ///< unset: nothing is planned to be built
    ReportLanguage report_language = ReportLanguage::vietnamese;

    friend bool operator==(const Study&, const Study&) = default;
};

}  // namespace phusong
