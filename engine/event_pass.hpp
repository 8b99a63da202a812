#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

#include "algorithms/damage/reach_sets.hpp"
#include "algorithms/ledger/tally_tile.hpp"
#include "engine/damage_maps.hpp"
#include "engine/layer_reader.hpp"
#include "engine/partial.hpp"
#include "engine/plan.hpp"
#include "engine/tile_record.hpp"

namespace phusong {

/// What severities take away of one question, among the ledger's share rows.
enum class SeverityPart : std::uint8_t { low, headline, most };
inline constexpr std::size_t severity_parts = 3;
/// Behind all layers, so that no share of households is meant.
[[nodiscard]] constexpr std::int32_t severity_key(std::size_t question, SeverityPart part) {
    return static_cast<std::int32_t>(ServiceState::most_layers + severity_parts * question +
                                     static_cast<std::size_t>(part));
}

/// What a tile holds before its event is looked at, and where the answers go.
struct EventTile {
    Window window;                      ///< of study cells
    std::span<const LayerTile> layers;  ///< all that were read
    std::span<const Persons> people;    ///< row-major
    std::span<ServiceState> states;     ///< row-major; in: before, out: before and after
    std::span<const Booking> before;    ///< row-major, keyed by states before
};

/// Splits what a tile booked before an event by what came after it, and by the sites in reach. One a thread.
class EventPass {
public:
    /// @pre the plan has an event and outlives the pass
    explicit EventPass(const Plan& plan);

    /// What decides of the cells of the last tile, for its record.
    [[nodiscard]] const std::vector<TileRecord::Fate>& fates() const { return record_fates_; }
    [[nodiscard]] const std::vector<TileRecord::FateRun>& fate_runs() const { return fate_runs_; }

    /// @param partial gets ledger lines, fates and severities of the tile
    /// @param after gets all bookings once more, in the same order, keyed by states before and after
    void operator()(const EventTile& tile, Partial& partial, std::vector<Booking>& after);

private:
    /// People and land of one commune, state and set of sites within a tile.
    struct Fate {
        LedgerKey by_maps;
        std::uint32_t set = 0;
        ServiceState state;  ///< once sites count
        LedgerAmount amount;
        std::uint32_t in_record = 0;  ///< number in `fates()`
    };
    struct FateKey {
        LedgerKey by_maps;
        std::uint32_t set = 0;
        friend bool operator==(const FateKey&, const FateKey&) = default;
    };
    struct HashFateKey {
        std::size_t operator()(const FateKey& key) const noexcept {
            return HashLedgerKey{}(key.by_maps) ^ (std::size_t{key.set} * 0x9e3779b97f4a7c15U);
        }
    };

    void mark_after_by_maps(const EventTile& tile, const DamageTile& damage) const;
    void add_severities(const EventTile& tile, const DamageTile& damage, Partial& partial) const;
    /// How much of what a question asks for damage and maps of afterwards take from a cell that had it.
    [[nodiscard]] Severity severity_of(const LossQuestion& question, const EventTile& tile,
                                       const DamageTile& damage, std::size_t cell) const;
    [[nodiscard]] Fate& fate_of(const LedgerKey& by_maps, std::uint32_t set);
    void note_run(std::int32_t row, std::int32_t first, std::int32_t end, std::uint32_t fate);
    [[nodiscard]] Service seen_after(std::size_t layer, const EventTile& tile, std::size_t cell) const;

    const Plan* plan_;
    const EventPlan* event_;
    std::vector<std::size_t> technology_of_layer_;  ///< of the study's coverage
    ReachSets sets_;
    std::vector<Fate> fates_;
    std::unordered_map<FateKey, std::size_t, HashFateKey> fate_places_;
    std::unordered_map<FateKey, std::uint32_t, HashFateKey> record_places_;  ///< of no commune in particular
    std::vector<TileRecord::Fate> record_fates_;
    std::vector<TileRecord::FateRun> fate_runs_;
};

}  // namespace phusong
