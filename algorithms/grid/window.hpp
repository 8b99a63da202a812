#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "algorithms/grid/cell.hpp"

namespace phusong {

/// A rectangle of whole cells, half open: rows [row, row + rows), columns [column, column + columns).
/// Two windows share a cell or they do not; there is no tolerance.
struct Window {
    std::int32_t row = 0;
    std::int32_t column = 0;
    std::int32_t rows = 0;
    std::int32_t columns = 0;

    [[nodiscard]] constexpr std::int32_t row_end() const { return row + rows; }
    [[nodiscard]] constexpr std::int32_t column_end() const { return column + columns; }
    [[nodiscard]] constexpr bool empty() const { return rows <= 0 || columns <= 0; }
    [[nodiscard]] constexpr std::size_t cell_count() const {
        return empty() ? 0 : static_cast<std::size_t>(rows) * static_cast<std::size_t>(columns);
    }
    [[nodiscard]] constexpr bool contains(Cell cell) const {
        return cell.row >= row && cell.row < row_end() && cell.column >= column && cell.column < column_end();
    }
    [[nodiscard]] constexpr bool contains(const Window& other) const {
        return other.row >= row && other.row_end() <= row_end() && other.column >= column &&
               other.column_end() <= column_end();
    }
    /// Position of a cell in a row-major buffer of this window. @pre contains(cell)
    [[nodiscard]] constexpr std::size_t index_of(Cell cell) const {
        return static_cast<std::size_t>(cell.row - row) * static_cast<std::size_t>(columns) +
               static_cast<std::size_t>(cell.column - column);
    }

    friend bool operator==(const Window&, const Window&) = default;
};

/// The cells that both windows hold; an empty window when there are none.
[[nodiscard]] constexpr Window intersection(const Window& a, const Window& b) {
    const std::int32_t row = std::max(a.row, b.row);
    const std::int32_t column = std::max(a.column, b.column);
    const std::int32_t rows = std::min(a.row_end(), b.row_end()) - row;
    const std::int32_t columns = std::min(a.column_end(), b.column_end()) - column;
    return {row, column, std::max(rows, 0), std::max(columns, 0)};
}

/// The smallest window that holds both; an empty one adds nothing.
[[nodiscard]] constexpr Window united(const Window& a, const Window& b) {
    if (a.empty()) return b;
    if (b.empty()) return a;
    const std::int32_t row = std::min(a.row, b.row);
    const std::int32_t column = std::min(a.column, b.column);
    return {row, column, std::max(a.row_end(), b.row_end()) - row,
            std::max(a.column_end(), b.column_end()) - column};
}

}  // namespace phusong
