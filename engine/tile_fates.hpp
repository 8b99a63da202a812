#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "algorithms/damage/reach_sets.hpp"
#include "algorithms/dead_zones/outline.hpp"
#include "algorithms/ledger/ledger.hpp"
#include "algorithms/support/numbers_by_hash.hpp"
#include "engine/event_plan.hpp"
#include "engine/partial.hpp"
#include "engine/tile_record.hpp"

namespace phusong {

/// People and land of one tile by commune, answers by maps and set of sites in reach, while the tile is gone
/// through in row-major order. Keys, sets and fates are known by numbers that hold within the tile.
class TileFates {
public:
    struct Fate {
        std::uint32_t key = 0;
        std::uint32_t set = 0;
        ServiceState state;  ///< once sites count
        LedgerAmount amount;
        std::uint32_t in_record = 0;  ///< number in `record_fates()`
    };

    /// @param keeps_record whether `record_fates` and `record_runs` are asked for
    /// @pre the event outlives the fates
    TileFates(const EventPlan& event, bool keeps_record) : event_{&event}, keeps_record_{keeps_record} {}

    /// Makes ready for the next tile.
    void clear();

    /// Sets of sites that `add` names.
    [[nodiscard]] ReachSets& sets() { return sets_; }
    /// Number of a commune with its answers by maps.
    [[nodiscard]] std::uint32_t key_of(const LedgerKey& by_maps);
    /// The fate that the cells [first, end) of a row share, with their amount added.
    /// @pre `key_of` gave the key, `sets()` has the set @throws QuantityOverflow
    const Fate& add(std::uint32_t key, std::uint32_t set, const CellRun& run, const LedgerAmount& amount);

    /// Adds all to the ledger, and what lies inside communes to the fates. @pre partial.fates is empty
    void hand_over(Partial& partial) const;

    [[nodiscard]] const std::vector<TileRecord::Fate>& record_fates() const { return record_fates_; }
    [[nodiscard]] const std::vector<TileRecord::FateRun>& record_runs() const { return record_runs_; }

private:
    [[nodiscard]] Fate& fate_of(std::uint32_t key, std::uint32_t set);
    [[nodiscard]] std::uint32_t record_fate_of(ServiceState by_maps, std::uint32_t set);
    void note_run(const CellRun& run, std::uint32_t fate);

    const EventPlan* event_;
    bool keeps_record_;
    ReachSets sets_;
    std::vector<LedgerKey> keys_;
    NumbersByHash by_key_;
    std::vector<Fate> fates_;
    NumbersByHash by_fate_;
    std::vector<TileRecord::Fate> record_fates_;  ///< of no commune in particular
    std::vector<std::uint32_t> record_sets_;      ///< of `record_fates_`
    NumbersByHash by_record_fate_;
    std::vector<TileRecord::FateRun> record_runs_;
};

}  // namespace phusong
