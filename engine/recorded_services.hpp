#pragma once

#include "engine/plan.hpp"
#include "engine/tile_pass.hpp"
#include "engine/tile_record.hpp"

namespace phusong {

/// The answers for maps that the pass over a tile gave, from the record that it left.
[[nodiscard]] ServiceTile recorded_services(const Plan& plan, const TileRecord& record);

}  // namespace phusong
