#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "algorithms/damage/site_network.hpp"
#include "algorithms/dead_zones/tile_patches.hpp"
#include "algorithms/quantities/persons.hpp"
#include "algorithms/service/service_state.hpp"
#include "engine/scratch.hpp"

namespace phusong {

struct Plan;

/// What a tile holds cell by cell, kept aside in few bytes until all patches are known: for outlines,
/// distances and the label raster, without reading any input again.
struct TileRecord {
    struct StateRun {
        std::int32_t row = 0;
        std::int32_t first = 0;
        std::int32_t end = 0;
        ServiceState state;

        friend bool operator==(const StateRun&, const StateRun&) = default;
    };
    /// Cells inside communes, with the commune that owns most of them.
    struct OwnerRun {
        std::int32_t row = 0;
        std::int32_t first = 0;
        std::int32_t end = 0;
        ZoneNumber zone = outside_every_zone;

        friend bool operator==(const OwnerRun&, const OwnerRun&) = default;
    };
    /// People inside the communes of a cell that a border cuts.
    struct CutCell {
        Cell cell;
        Persons people;

        friend bool operator==(const CutCell&, const CutCell&) = default;
    };
    /// The cells of one definition's patches.
    struct Labels {
        std::vector<CellNumber> keys;  ///< of patches
        std::vector<PatchRun> runs;    ///< PatchRun::patch is a number of `keys`

        friend bool operator==(const Labels&, const Labels&) = default;
    };

    /// What decides of cells after an event: the answers by maps, and the sites in reach.
    struct Fate {
        ServiceState by_maps;
        std::vector<SiteNumber> sites;

        friend bool operator==(const Fate&, const Fate&) = default;
    };
    struct FateRun {
        std::int32_t row = 0;
        std::int32_t first = 0;
        std::int32_t end = 0;
        std::uint32_t fate = 0;  ///< number in `fates`

        friend bool operator==(const FateRun&, const FateRun&) = default;
    };

    Window study_window;
    std::int32_t refine = 1;
    std::vector<StateRun> states;     ///< all cells, row-major
    std::vector<OwnerRun> owners;     ///< row-major
    std::vector<Persons> population;  ///< of the population cells, row-major
    std::vector<CutCell> cut;         ///< row-major
    std::vector<Labels> labels;       ///< by definition
    std::vector<Fate> fates;          ///< of an event
    std::vector<FateRun> fate_runs;   ///< all cells, row-major; empty without an event

    /// Empties it and keeps its memory: millions of cells a tile, freed and taken again by several threads,
    /// left the heap in pieces, and a process grew with its raster.
    void clear();

    friend bool operator==(const TileRecord&, const TileRecord&) = default;
};

[[nodiscard]] std::vector<std::uint8_t> encode(const TileRecord& record);
/// No more memory than the record of such a tile takes, whatever the bytes say.
/// @param study_window, refine what the record should be of
/// @throws StorageError when the bytes are not those of a record, or it has cells beyond the tile
[[nodiscard]] TileRecord decode_tile_record(std::span<const std::uint8_t> bytes, Window study_window,
                                            std::int32_t refine);

/// The records of a run's tiles in a scratch.
class TileRecords {
public:
    /// @pre both outlive this
    TileRecords(Scratch& scratch, const Plan& plan);

    /// Each tile once, from one thread. @throws StorageError
    void put(std::size_t tile, std::span<const std::uint8_t> encoded) {
        handles_[tile] = scratch_->put(encoded);
    }
    /// Any number of threads. @pre the tile was put @throws StorageError
    [[nodiscard]] TileRecord get(std::size_t tile) const;
    [[nodiscard]] Scratch& scratch() const { return *scratch_; }

private:
    Scratch* scratch_;
    const Plan* plan_;
    std::vector<std::size_t> handles_;
};

}  // namespace phusong
