#include "engine/partial.hpp"

#include <stdexcept>
#include <string>
#include <utility>

#include "engine/layer_spec.hpp"

namespace phusong {

Partial Partial::empty_of(const Plan& plan) {
    Partial partial;
    partial.fingerprint = plan.fingerprint;
    partial.layers.resize(layer_count(plan));
    for (const DeadZoneDefinition& definition : plan.dead_zones) {
        partial.patches.emplace_back(plan.tiling, definition.rule.corners_join);
    }
    return partial;
}

void Partial::merge(const Partial& other) {
    if (fingerprint != other.fingerprint || layers.size() != other.layers.size() ||
        patches.size() != other.patches.size()) {
        throw std::invalid_argument{"the partial results belong to different studies or inputs"};
    }
    TileSet all = tiles;
    for (const auto& [first, end] : other.tiles.ranges()) {
        if (!all.add(first, end)) {
            throw std::invalid_argument{"tile " + std::to_string(first) + " to " + std::to_string(end) +
                                        " is in both partial results"};
        }
    }
    for (std::size_t i = 0; i < patches.size(); ++i) {
        patches[i].merge(other.patches[i], tiles, other.tiles);
    }
    tiles = std::move(all);
    ledger.merge(other.ledger);
    raster_total += other.raster_total;
    population.merge(other.population);
    for (std::size_t i = 0; i < layers.size(); ++i) layers[i].merge(other.layers[i]);
    spread.merge(other.spread);
    fates.merge(other.fates);
}

}  // namespace phusong
