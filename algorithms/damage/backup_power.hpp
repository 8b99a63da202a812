#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "algorithms/damage/fragility.hpp"
#include "algorithms/damage/storm.hpp"

namespace phusong {

/// Sets the bits of the scenarios in which a site has a generator that keeps its fuel. Keyed by the seed, the
/// site's id and the scenario.
/// @param share of such sites that have one, 0..1 @param bits a bit a scenario, 64 to a word
void draw_generator(std::string_view site, double share, std::uint64_t seed, ScenarioRange scenarios,
                    std::span<std::uint64_t> bits);

/// Sets the bits of those scenarios of `without_power` in which a site's batteries are empty `hours` after
/// its power was lost. One life is drawn for each scenario, so batteries once empty stay so at later hours.
/// @param bits a bit a scenario, 64 to a word; as many as `without_power`
void draw_empty_battery(std::string_view site, double hours, const BatteryLife& battery, std::uint64_t seed,
                        ScenarioRange scenarios, std::span<const std::uint64_t> without_power,
                        std::span<std::uint64_t> bits);

}  // namespace phusong
