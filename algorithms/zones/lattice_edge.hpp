#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "algorithms/grid/window.hpp"
#include "algorithms/quantities/share.hpp"
#include "algorithms/quantities/wide_integer.hpp"
#include "algorithms/zones/lattice_shape.hpp"

namespace phusong {

/// An edge of a ring, walked from its northern end, so that two communes that share it compute the very same
/// crossings and leave traces that cancel.
class LatticeEdge {
public:
    LatticeEdge(LatticePoint from, LatticePoint to) {
        if (from.y > to.y || (from.y == to.y && from.x > to.x)) {
            top_ = to;
            bottom_ = from;
            runs_north_ = true;
        } else {
            top_ = from;
            bottom_ = to;
        }
        dx_ = static_cast<double>(bottom_.x - top_.x);
        dy_ = static_cast<double>(bottom_.y - top_.y);
    }

    [[nodiscard]] const LatticePoint& top() const { return top_; }
    [[nodiscard]] const LatticePoint& bottom() const { return bottom_; }
    /// Whether the ring walks it from south to north: what lies east of it is inside, else outside.
    [[nodiscard]] bool runs_north() const { return runs_north_; }
    /// Without height no area east of it changes.
    [[nodiscard]] bool is_level() const { return top_.y == bottom_.y; }

    /// x where the edge crosses height y; a function of the edge and y alone. @pre top.y <= y <= bottom.y
    [[nodiscard]] std::int64_t x_at(std::int64_t y) const {
        if (y == top_.y) return top_.x;
        if (y == bottom_.y) return bottom_.x;
        const double part = static_cast<double>(y - top_.y) / dy_;
        const auto x = top_.x + nearest(dx_ * part);
        const auto [west, east] = std::minmax(top_.x, bottom_.x);
        return std::clamp(x, west, east);
    }
    /// y where the edge crosses the column line x. @pre x lies strictly between the ends' x
    [[nodiscard]] std::int64_t y_at(std::int64_t x) const {
        const double part = static_cast<double>(x - top_.x) / dx_;
        return top_.y + nearest(dy_ * part);
    }

private:
    /// The nearest integer, ties to even. Adding 1.5 x 2^52 rounds smaller numbers so, without a call.
    [[nodiscard]] static std::int64_t nearest(double value) {
        constexpr double shift = 0x1.8p52;
        if (std::abs(value) < 0x1p51) return static_cast<std::int64_t>((value + shift) - shift);
        return static_cast<std::int64_t>(std::nearbyint(value));
    }

    LatticePoint top_;
    LatticePoint bottom_;
    bool runs_north_ = false;
    double dx_ = 0;
    double dy_ = 0;
};

/// What an edge leaves in one cell: its height, and twice the mean width between it and the cell's eastern
/// side. Their product is twice the area between the two.
struct EdgeTrace {
    std::int32_t row = 0;
    std::int32_t column = 0;
    std::int64_t height = 0;  ///< above zero, whichever way the ring runs
    std::int64_t twice_width = 0;

    [[nodiscard]] WideInteger twice_area() const { return static_cast<WideInteger>(height) * twice_width; }
};

/// The last cell that a span ending at `units` reaches into, exclusive.
[[nodiscard]] inline std::int64_t cell_after(std::int64_t units) {
    return (units + LatticePoint::one - 1) >> LatticePoint::fraction_bits;
}
[[nodiscard]] inline std::int64_t cell_of(std::int64_t units) {
    return units >> LatticePoint::fraction_bits;
}

/// Cuts an edge along the lattice's lines.
/// @param leave called as leave(EdgeTrace) for every cell of the window that the edge crosses, row by row
/// @param pass_west called as pass_west(row, height) where the edge passes west of the window
/// East of the window nothing changes inside it.
template <typename Leave, typename PassWest>
void trace_edge(const LatticeEdge& edge, const Window& window, const Leave& leave,
                const PassWest& pass_west) {
    constexpr int bits = LatticePoint::fraction_bits;
    if (edge.is_level()) return;
    const std::int64_t first = std::max<std::int64_t>(window.row, cell_of(edge.top().y));
    const std::int64_t end = std::min<std::int64_t>(window.row_end(), cell_after(edge.bottom().y));
    if (first >= end) return;
    const std::int64_t window_west = static_cast<std::int64_t>(window.column) << bits;
    const auto leave_in = [&](std::int64_t row, std::int64_t column, LatticePoint from, LatticePoint to) {
        const std::int64_t height = to.y - from.y;
        if (height == 0 || column >= window.column_end()) return;
        if (column < window.column) {
            pass_west(static_cast<std::int32_t>(row), height);
            return;
        }
        const std::int64_t left = column << bits;
        leave(EdgeTrace{static_cast<std::int32_t>(row), static_cast<std::int32_t>(column), height,
                        2 * LatticePoint::one - (from.x - left) - (to.x - left)});
    };
    const auto [westmost, eastmost] = std::minmax(edge.top().x, edge.bottom().x);
    if (cell_of(westmost) >= window.column_end()) return;
    LatticePoint a{0, std::max(edge.top().y, first << bits)};
    if (eastmost <= window_west) {
        for (std::int64_t row = first; row < end; ++row) {
            const std::int64_t bottom = std::min(edge.bottom().y, (row + 1) << bits);
            pass_west(static_cast<std::int32_t>(row), bottom - a.y);
            a.y = bottom;
        }
        return;
    }
    a.x = edge.x_at(a.y);
    for (std::int64_t row = first; row < end; ++row) {
        LatticePoint b{0, std::min(edge.bottom().y, (row + 1) << bits)};
        b.x = edge.x_at(b.y);
        const auto [west, east] = std::minmax(a.x, b.x);
        if (cell_of(west) >= window.column_end()) {
            // Nothing.
        } else if (east <= window_west) {
            pass_west(static_cast<std::int32_t>(row), b.y - a.y);
        } else {
            const bool eastward = b.x >= a.x;
            std::int64_t column = eastward ? cell_of(a.x) : cell_after(a.x) - 1;
            const std::int64_t last = eastward ? std::max(column, cell_after(b.x) - 1) : cell_of(b.x);
            LatticePoint from = a;
            while (column != last) {
                const std::int64_t line = (eastward ? column + 1 : column) << bits;
                const LatticePoint to{line, std::clamp(edge.y_at(line), from.y, b.y)};
                leave_in(row, column, from, to);
                column += eastward ? 1 : -1;
                from = to;
            }
            leave_in(row, column, from, b);
        }
        a = b;
    }
}

/// Height west of a cell and doubled area inside it, as a share. Rounding is half up; values that the
/// lattice's unit pushes out of 0..1 are brought back.
[[nodiscard]] inline Share share_of(std::int64_t height, WideInteger twice_area) {
    constexpr int surplus = 2 * LatticePoint::fraction_bits + 1 - Share::fraction_bits;
    const WideInteger doubled =
        (static_cast<WideInteger>(height) << (LatticePoint::fraction_bits + 1)) + twice_area;
    const WideInteger rounded = (doubled + (static_cast<WideInteger>(1) << (surplus - 1))) >> surplus;
    const auto units = static_cast<std::int64_t>(rounded);
    return Share::of_units(std::clamp<std::int64_t>(units, 0, Share::whole_units));
}

}  // namespace phusong
