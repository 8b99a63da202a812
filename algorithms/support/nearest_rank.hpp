#pragma once

#include <cstddef>

namespace phusong {

/// Where the quantile lies among `count` sorted values: the first of them that at least `percent` per cent do
/// not exceed (nearest rank, no interpolation). @pre 0 <= percent <= 100 and count > 0
[[nodiscard]] constexpr std::size_t nearest_rank(std::size_t percent, std::size_t count) {
    const std::size_t rank = (percent * count + 99) / 100;
    return rank == 0 ? 0 : rank - 1;
}

}  // namespace phusong
