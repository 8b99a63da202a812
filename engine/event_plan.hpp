#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "algorithms/damage/site_network.hpp"
#include "algorithms/damage/site_reach.hpp"
#include "algorithms/service/service_state.hpp"
#include "algorithms/zones/lattice_shape.hpp"
#include "engine/alignment.hpp"
#include "engine/site_table.hpp"
#include "engine/technologies.hpp"

namespace phusong {

/// Which service people may lose: by any of these layers.
struct LossQuestion {
    enum class Kind : std::uint8_t {
        any_mobile,  ///< 2g to 5g of any operator; everything when the study has none of them
        technology,  ///< one technology of any operator
        mobile_of_operator
    };
    Kind kind = Kind::any_mobile;
    std::string name;                 ///< "mobile", "4g", "Viettel"
    std::vector<std::size_t> layers;  ///< of the study's coverage

    friend bool operator==(const LossQuestion&, const LossQuestion&) = default;
};

/// A polygon of damage on the study grid.
struct DamageShape {
    LatticeShape shape;
    double severity = 1;                    ///< 0..1
    std::vector<std::size_t> technologies;  ///< numbers of Plan::technologies; all that it hits
};

/// One layer of damage.
struct DamageLayer {
    std::vector<DamageShape> shapes;  ///< of polygons
    bool is_raster = false;
    Alignment alignment;                    ///< of a raster
    std::vector<std::size_t> technologies;  ///< that a raster hits
    std::size_t cause = 0;                  ///< number of EventPlan::causes
    std::int32_t redundancy = 0;            ///< m; 0: not known
};

/// An event brought together with the study's layers. The state of a cell holds the layers of the study, and
/// behind them once more those that the event can touch, as they are afterwards.
struct EventPlan {
    /// Of every coverage layer: the layer that holds its answers after the event; unset: it stays as it was.
    std::vector<std::optional<std::size_t>> after_layer;
    /// Of every coverage layer: the coverage that was seen afterwards, a number of EventInput::after.
    std::vector<std::optional<std::size_t>> seen_after;
    std::vector<Alignment> after_alignments;  ///< of EventInput::after
    std::vector<DamageLayer> damage;          ///< of EventInput::damage
    std::vector<std::string> causes;          ///< of the damage layers, each once
    /// First "mobile", then every technology, then every operator that layers name.
    std::vector<LossQuestion> questions;

    SiteTable sites;  ///< without sites where the study has no table
    SiteReach reach;  ///< of the sites
    /// Coverage layers that each site can serve: of its technologies, of its operator or of none. In the
    /// order of the site table; empty without one.
    std::vector<std::vector<std::size_t>> site_layers;
    /// On or off the air as far as statuses, power and backhaul decide at the event's time.
    std::vector<Status> site_alive;

    /// The layer to look at after the event.
    [[nodiscard]] std::size_t after(std::size_t layer) const { return after_layer[layer].value_or(layer); }
    [[nodiscard]] std::vector<std::size_t> after(std::span<const std::size_t> layers) const;
    /// Whether people are also counted by parts of damage.
    [[nodiscard]] bool has_severities() const { return !damage.empty(); }
};

/// Whether any of the layers serves after the event.
[[nodiscard]] Service any_of_after(ServiceState state, std::span<const std::size_t> layers,
                                   const EventPlan& event);

/// The answers once sites count: a layer that served before loses its service where all sites in reach that
/// can give it are off the air, and its answer becomes unknown where nobody knows whether one is on. Where no
/// site in reach can give it, the map stands; so it does where it says that the layer is lost anyway.
/// @param by_maps answers before the event, and after it as far as maps tell
/// @param sites in reach @param alive of every site
/// @pre `event` holds the answers after the event of every layer that a site can serve in a layer of their
/// own
[[nodiscard]] ServiceState after_sites(ServiceState by_maps, std::span<const SiteNumber> sites,
                                       std::span<const Status> alive, const EventPlan& event);

}  // namespace phusong
