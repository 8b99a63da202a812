#pragma once

#include <bit>
#include <cmath>
#include <cstdint>
#include <span>

#include "algorithms/grid/window.hpp"

namespace phusong::io {

/// A sum over cells of a mixed (place, value), so that the order does not matter. Cells without data add
/// nothing, so that a cell never written equals one written as no data. Finds accidents, not forgeries.
/// (mixing: splitmix64, Steele, Lea and Flood 2014)
template <typename Value>
[[nodiscard]] std::uint64_t cell_digest(Window window, std::int64_t columns, std::span<const Value> values,
                                        double no_data) {
    const auto mixed = [](std::uint64_t word) {
        word += 0x9e3779b97f4a7c15U;
        word = (word ^ (word >> 30)) * 0xbf58476d1ce4e5b9U;
        word = (word ^ (word >> 27)) * 0x94d049bb133111ebU;
        return word ^ (word >> 31);
    };
    std::uint64_t sum = 0;
    std::size_t i = 0;
    for (std::int32_t row = window.row; row < window.row_end(); ++row) {
        for (std::int32_t column = window.column; column < window.column_end(); ++column, ++i) {
            const auto value = static_cast<double>(values[i]);
            if (value == no_data || (std::isnan(value) && std::isnan(no_data))) continue;
            const auto place = static_cast<std::uint64_t>(row * columns + column);
            sum += mixed(place ^ mixed(std::bit_cast<std::uint64_t>(value)));
        }
    }
    return sum;
}

}  // namespace phusong::io
