#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "algorithms/dead_zones/outline.hpp"

namespace phusong {

[[nodiscard]] std::vector<std::uint8_t> encode(const Outline& outline);
/// @throws StorageError when the bytes are not those of an outline
[[nodiscard]] Outline decode_outline(std::span<const std::uint8_t> bytes);

}  // namespace phusong
