#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "engine/kept_shard.hpp"
#include "engine/plan.hpp"

namespace phusong {

/// What counting each tile costs, as a multiple of passing over one study cell that lies in no commune: a
/// guess from where communes and their borders lie, no cell is read.
[[nodiscard]] std::vector<double> tile_costs(const Plan& plan);

/// Cuts a row of things into parts that follow each other, as even in cost as whole things allow.
/// @return as many parts as were asked for, none of them empty; fewer where there are fewer things
/// @pre costs are not negative; parts >= 1
[[nodiscard]] std::vector<NumberRange> split_evenly(std::span<const double> costs, std::size_t parts);

}  // namespace phusong
