#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "algorithms/damage/reach_sets.hpp"
#include "algorithms/ledger/tally_tile.hpp"
#include "engine/damage_maps.hpp"
#include "engine/layer_reader.hpp"
#include "engine/partial.hpp"
#include "engine/plan.hpp"
#include "engine/tile_fates.hpp"

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
    /// @param keeps_record whether what a tile's record needs of `fates()` is asked for
    /// @pre the plan has an event and outlives the pass
    EventPass(const Plan& plan, bool keeps_record);

    /// What decides of the cells of the last tile.
    [[nodiscard]] const TileFates& fates() const { return fates_; }

    /// @param partial gets ledger lines, fates and severities of the tile
    /// @param after gets all bookings once more, in the same order, keyed by states before and after; nothing
    /// where no dead zone of the plan is one of the event
    void operator()(const EventTile& tile, Partial& partial, std::vector<Booking>& after);

private:
    void mark_after_by_maps(const EventTile& tile, const DamageTile& damage) const;
    void add_severities(const EventTile& tile, const DamageTile& damage, Partial& partial) const;
    /// How much of what a question asks for damage and maps of afterwards take from a cell that had it.
    [[nodiscard]] Severity severity_of(const LossQuestion& question, const EventTile& tile,
                                       const DamageTile& damage, std::size_t cell) const;
    /// What one booking adds to fates. @param states of its row by maps @param reach of the row, from the
    /// segment that holds the booking's first cell
    void split(const Booking& booking, const EventTile& tile, std::span<const ServiceState> states,
               const ReachSegment* reach, std::vector<Booking>& after);
    [[nodiscard]] Service seen_after(std::size_t layer, const EventTile& tile, std::size_t cell) const;

    const Plan* plan_;
    const EventPlan* event_;
    std::vector<std::size_t> technology_of_layer_;  ///< of the study's coverage
    bool has_zones_of_event_;
    TileFates fates_;
};

}  // namespace phusong
