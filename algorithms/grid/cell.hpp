#pragma once

#include <compare>
#include <cstdint>

namespace phusong {

/// One cell of a lattice: row counted from the north, column from the west, both from zero.
struct Cell {
    std::int32_t row = 0;
    std::int32_t column = 0;

    friend auto operator<=>(const Cell&, const Cell&) = default;
};

}  // namespace phusong
