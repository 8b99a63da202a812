#pragma once

#include <cstddef>
#include <string>

#include "engine/restoration.hpp"

namespace phusong::cli {

/// The first repairs, what they bring back, what the order saves against orders that people use, and how far
/// from the best it can be.
[[nodiscard]] std::string restoration_text(const Restoration& restoration, std::size_t most_repairs);

}  // namespace phusong::cli
