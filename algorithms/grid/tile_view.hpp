#pragma once

#include <cassert>
#include <cstddef>
#include <span>

#include "algorithms/grid/window.hpp"

namespace phusong {

/// The values of a window's cells in a row-major buffer that somebody else owns.
template <typename Value>
class TileView {
public:
    /// @pre values.size() == window.cell_count()
    TileView(Window window, std::span<Value> values) : window_{window}, values_{values} {
        assert(values.size() == window.cell_count());
    }

    [[nodiscard]] const Window& window() const { return window_; }
    [[nodiscard]] Value& operator()(Cell cell) const {
        assert(window_.contains(cell));
        return values_[window_.index_of(cell)];
    }
    /// All cells of one row of the window, west to east. @pre the row lies in the window
    [[nodiscard]] std::span<Value> row(std::int32_t row) const {
        assert(row >= window_.row && row < window_.row_end());
        return values_.subspan(static_cast<std::size_t>(row - window_.row) * width(), width());
    }

private:
    [[nodiscard]] std::size_t width() const { return static_cast<std::size_t>(window_.columns); }

    Window window_;
    std::span<Value> values_;
};

}  // namespace phusong
