#include "algorithms/zones/burn.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace phusong {

void burn(const LatticeShape& shape, std::uint8_t value, TileView<std::uint8_t> view) {
    constexpr int bits = LatticePoint::fraction_bits;
    constexpr std::int64_t half = LatticePoint::one / 2;
    const Window window = intersection(view.window(), shape.bounds);
    if (window.empty()) return;

    std::vector<std::vector<std::int64_t>> crossings(static_cast<std::size_t>(window.rows));
    for (const auto& ring : shape.rings) {
        for (std::size_t i = 0; i < ring.size(); ++i) {
            LatticePoint top = ring[i];
            LatticePoint bottom = ring[i + 1 == ring.size() ? 0 : i + 1];
            if (top.y > bottom.y) std::swap(top, bottom);
            // Rows whose centre line y satisfies top.y <= y < bottom.y.
            const std::int64_t first = std::max<std::int64_t>(window.row, (top.y + half - 1) >> bits);
            const std::int64_t end = std::min<std::int64_t>(window.row_end(), (bottom.y + half - 1) >> bits);
            const auto dx = static_cast<double>(bottom.x - top.x);
            const auto dy = static_cast<double>(bottom.y - top.y);
            for (std::int64_t row = first; row < end; ++row) {
                const std::int64_t y = (row << bits) + half;
                const double part = static_cast<double>(y - top.y) / dy;
                crossings[static_cast<std::size_t>(row - window.row)].push_back(
                    top.x + static_cast<std::int64_t>(std::nearbyint(dx * part)));
            }
        }
    }
    for (std::int32_t row = window.row; row < window.row_end(); ++row) {
        auto& xs = crossings[static_cast<std::size_t>(row - window.row)];
        std::sort(xs.begin(), xs.end());
        const std::span<std::uint8_t> cells = view.row(row);
        for (std::size_t i = 0; i + 1 < xs.size(); i += 2) {
            // Columns whose centre x satisfies west <= x < east.
            const std::int64_t first = std::max<std::int64_t>(window.column, (xs[i] + half - 1) >> bits);
            const std::int64_t end =
                std::min<std::int64_t>(window.column_end(), (xs[i + 1] + half - 1) >> bits);
            for (std::int64_t column = first; column < end; ++column) {
                cells[static_cast<std::size_t>(column - view.window().column)] = value;
            }
        }
    }
}

}  // namespace phusong
