#pragma once

#include <array>
#include <cassert>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "algorithms/grid/cell_area.hpp"
#include "algorithms/grid/grid_spec.hpp"
#include "algorithms/grid/window.hpp"
#include "algorithms/ledger/round_people.hpp"
#include "algorithms/planning/cost.hpp"
#include "algorithms/zones/zone.hpp"
#include "engine/problems.hpp"
#include "engine/site_table.hpp"

namespace phusong {

/// What is known of a raster before any cell is read. The grid is always north-up; a source turns others.
struct RasterDescription {
    std::string name;  ///< file (and band) as the user gave it, for messages
    GridSpec grid;
    std::string crs;  ///< canonical text; two rasters with equal text are in the same CRS
    std::int32_t block_rows =
        1;  ///< how the file stores its cells; tiles that hold whole blocks read each once
    std::int32_t block_columns = 1;
    bool synthetic = false;  ///< tagged SYNTHETIC=YES
};

/// The value of each byte, NaN for those that mark cells without data.
using ByteValues = std::array<double, 256>;

/// Reads cells; used by one thread. Most rasters are read in the type that they are stored in, which spares
/// the pass most of its memory traffic.
class RasterReader {
public:
    RasterReader() = default;
    RasterReader(const RasterReader&) = delete;
    RasterReader& operator=(const RasterReader&) = delete;
    virtual ~RasterReader() = default;

    /// Row-major values, scale and offset applied; cells without data are NaN.
    /// @pre the window lies inside the grid; out.size() == window.cell_count()
    /// @throws InputError naming the file and the window
    virtual void read(Window window, std::span<double> out) = 0;

    /// For cells that are stored as one byte each, where nothing but the byte decides: what `read` gives for
    /// every byte. Else null, and `read_bytes` must not be called.
    [[nodiscard]] virtual const ByteValues* byte_values() const { return nullptr; }
    /// The bytes themselves; otherwise like `read`. @pre byte_values() != nullptr
    virtual void read_bytes(Window /*window*/, std::span<std::uint8_t> /*out*/) { assert(false); }

    /// Whether `read_floats` loses nothing against `read`.
    [[nodiscard]] virtual bool holds_floats() const { return false; }
    /// All of them below zero.
    [[nodiscard]] virtual MissingFloats missing_floats() const { return {}; }
    /// Like `read`, but that cells without data may hold `missing_floats` as well as NaN.
    /// @pre holds_floats()
    virtual void read_floats(Window /*window*/, std::span<float> /*out*/) { assert(false); }

    /// A number that stands for what is stored under a window and for how it is read, where it can be had for
    /// less than decoding: equal numbers mean equal cells; unequal ones may still hold the same.
    /// @pre the window lies inside the grid and is not empty @throws InputError naming the file and the
    /// window
    [[nodiscard]] virtual std::optional<std::uint64_t> stored_digest(Window /*window*/) {
        return std::nullopt;
    }
};

/// A raster that any number of threads can open readers of.
class RasterSource {
public:
    RasterSource() = default;
    RasterSource(const RasterSource&) = delete;
    RasterSource& operator=(const RasterSource&) = delete;
    virtual ~RasterSource() = default;

    [[nodiscard]] virtual const RasterDescription& description() const = 0;
    [[nodiscard]] virtual std::unique_ptr<RasterReader> open() const = 0;
};

/// Moves positions from one CRS to another, x east and y north in both; used by one thread.
class CoordinateTransform {
public:
    CoordinateTransform() = default;
    CoordinateTransform(const CoordinateTransform&) = delete;
    CoordinateTransform& operator=(const CoordinateTransform&) = delete;
    virtual ~CoordinateTransform() = default;

    /// In place; a position that has no image becomes NaN. @pre x.size() == y.size()
    virtual void apply(std::span<double> x, std::span<double> y) = 0;
};

class CoordinateTransformSource {
public:
    CoordinateTransformSource() = default;
    CoordinateTransformSource(const CoordinateTransformSource&) = delete;
    CoordinateTransformSource& operator=(const CoordinateTransformSource&) = delete;
    virtual ~CoordinateTransformSource() = default;

    [[nodiscard]] virtual std::unique_ptr<CoordinateTransform> open() const = 0;
    /// The one operation used, as the registry names it, for the manifest.
    [[nodiscard]] virtual std::string operation() const = 0;
};

/// One coverage layer: a raster, or polygons inside which there is service (outside there is none).
struct CoverageSource {
    std::string name;  ///< file as the user gave it
    std::shared_ptr<const RasterSource> raster;
    /// From the study's CRS to the raster's; null where both are the same.
    std::shared_ptr<const CoordinateTransformSource> from_study;
    std::optional<std::vector<MultiPolygon>> polygons;  ///< in the study's CRS; set instead of `raster`
    std::string operation;  ///< how polygons came into the study's CRS; empty: they were in it
    bool synthetic = false;
};

/// A settlement or a site.
struct Place {
    std::string id;
    std::string name;  ///< empty: not known
    Point position;    ///< in the study's CRS
    std::optional<bool> grid_power;

    friend bool operator==(const Place&, const Place&) = default;
};

/// A layer of points, in the order of the file.
struct PlacesSource {
    std::string name;  ///< file as the user gave it
    std::vector<Place> places;
    std::string operation;  ///< how they came into the study's CRS; empty: they were in it
    bool synthetic = false;
};

/// A point where a site may be built.
struct CandidateSite {
    std::string id;
    Point position;  ///< in the study's CRS
    double radius_m = 0;
    Cost cost;
    bool existing = false;  ///< will be there in any case

    friend bool operator==(const CandidateSite&, const CandidateSite&) = default;
};

/// Where a study may build, in the order of the file.
struct CandidatesSource {
    std::string name;  ///< file as the user gave it
    std::vector<CandidateSite> candidates;
    std::string operation;  ///< how they came into the study's CRS; empty: they were in it
    bool synthetic = false;
};

/// A polygon of damage.
struct DamageArea {
    MultiPolygon shape;  ///< in the study's CRS
    double severity = 1;
    std::vector<std::string> technologies;  ///< empty: all

    friend bool operator==(const DamageArea&, const DamageArea&) = default;
};

/// One layer of damage: a raster of severity 0..1, or polygons.
struct DamageSource {
    std::string name;  ///< file as the user gave it
    std::shared_ptr<const RasterSource> raster;
    std::shared_ptr<const CoordinateTransformSource> from_study;  ///< to the raster's CRS; null: the same
    std::vector<DamageArea> areas;                                ///< instead of `raster`
    std::string operation;  ///< how polygons came into the study's CRS; empty: they were in it
    bool synthetic = false;
};

/// What is known of an event, opened.
struct EventSources {
    std::vector<CoverageSource> after;  ///< in the order of EventInput::after
    std::vector<DamageSource> damage;   ///< in the order of EventInput::damage
    std::optional<SiteTable> sites;
};

/// All that a run reads, opened and in the study's CRS, which is the population raster's.
struct Sources {
    std::vector<Zone> zones;
    bool zones_synthetic = false;
    std::string zones_operation;  ///< how the communes came into the study's CRS; empty: they were in it
    std::shared_ptr<const RasterSource> population;
    std::vector<CoverageSource> coverage;  ///< in the order of the study
    std::optional<PlacesSource> settlements;
    std::optional<PlacesSource> sites;
    std::optional<EventSources> event;
    std::optional<CandidatesSource> rollout_candidates;
    EarthSurface surface;  ///< how large the study's cells are
    Problems problems;     ///< what reading found, repaired or guessed
};

}  // namespace phusong
