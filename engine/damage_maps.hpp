#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "engine/layer_reader.hpp"
#include "engine/plan.hpp"

namespace phusong {

/// How much of a service damage takes from a cell, 0..1 each.
struct Severity {
    double low = 0;       ///< s^m where m layers are known to serve independently, else 0
    double headline = 0;  ///< s
    double most = 0;      ///< s, or 1 where the severity is not known

    friend bool operator==(const Severity&, const Severity&) = default;
};

/// Severities of one tile, row-major.
struct DamageTile {
    /// By technology of the plan; empty where no damage touches the tile.
    std::vector<std::vector<Severity>> of_technology;

    [[nodiscard]] bool touched() const;
};

/// Damage of one cause: the larger severity holds.
[[nodiscard]] Severity same_cause(const Severity& a, const Severity& b);
/// Damage of different causes, as if independent: 1 - (1 - a)(1 - b).
[[nodiscard]] Severity different_causes(const Severity& a, const Severity& b);

/// Puts the damage of a plan's event on one tile.
/// @param rasters the tiles of the damage rasters, in the order of the event's damage
[[nodiscard]] DamageTile damage_on(const Plan& plan, Window study_window, std::span<const LayerTile> rasters);

}  // namespace phusong
