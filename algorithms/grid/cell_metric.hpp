#pragma once

#include <cstdint>

namespace phusong {

/// How far apart cells are: squared distance = across x columns^2 + down x rows^2, in whole numbers, so that
/// nothing is rounded and nothing depends on order. Square cells: 1 and 1. On a lattice of degrees `across`
/// follows the latitude of the row from which the distance is taken.
/// @pre both are at least 1, and the weighted squares of the grid's sides stay below 2^61
struct CellMetric {
    std::int64_t across = 1;
    std::int64_t down = 1;

    friend bool operator==(const CellMetric&, const CellMetric&) = default;
};

}  // namespace phusong
