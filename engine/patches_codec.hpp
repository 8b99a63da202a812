#pragma once

#include "algorithms/dead_zones/patches.hpp"
#include "engine/partial_words.hpp"

namespace phusong {

/// Equal patches give equal words.
void write_patches(PartialWriter& out, const Patches& patches);
/// @throws PartialFormatError
[[nodiscard]] Patches read_patches(PartialReader& in);

}  // namespace phusong
