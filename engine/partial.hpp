#pragma once

#include <cstdint>
#include <vector>

#include "algorithms/damage/shared_fates.hpp"
#include "algorithms/dead_zones/patches.hpp"
#include "algorithms/grid/tile_set.hpp"
#include "algorithms/ledger/ledger.hpp"
#include "algorithms/ledger/sampling_spread.hpp"
#include "engine/plan.hpp"
#include "engine/value_audit.hpp"

namespace phusong {

/// What is known after any set of a plan's tiles: the same object for threads, shards, machines and resumed
/// runs. A commutative monoid over disjoint tiles under `merge`.
struct Partial {
    std::uint64_t fingerprint = 0;  ///< of the plan
    TileSet tiles;
    Ledger ledger;
    Persons raster_total;            ///< people of the population raster, counted cell by cell on their own
    ValueAudit population;           ///< in population cells
    std::vector<ValueAudit> layers;  ///< in study cells, of all layers that a pass reads
    SharedFates fates;               ///< of a study with an event: answers by maps, and the sites in reach
    SamplingSpread spread;           ///< what sampling at points leaves uncertain
    std::vector<Patches> patches;    ///< of each dead-zone definition

    /// The partial of no tiles.
    [[nodiscard]] static Partial empty_of(const Plan& plan);

    /// @throws std::invalid_argument when the partials are of different plans or share a tile
    void merge(const Partial& other);

    friend bool operator==(const Partial&, const Partial&) = default;
};

}  // namespace phusong
