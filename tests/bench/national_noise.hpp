#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace phusong::bench {

/// A number for a place, the same on every machine.
[[nodiscard]] inline std::uint32_t hash(int row, int column, std::uint32_t seed) {
    std::uint64_t h = (static_cast<std::uint64_t>(static_cast<std::uint32_t>(row)) << 32U) |
                      static_cast<std::uint32_t>(column);
    h += 0x9e3779b97f4a7c15U * (std::uint64_t{seed} + 1);
    h = (h ^ (h >> 30U)) * 0xbf58476d1ce4e5b9U;
    h = (h ^ (h >> 27U)) * 0x94d049bb133111ebU;
    return static_cast<std::uint32_t>(h >> 32U);
}

/// 0..1.
[[nodiscard]] inline double unit(std::uint32_t number) {
    return number / 4294967296.0;
}

/// Blobs of one size: random heights 0..1 on the corners of a net, interpolated between them.
class SmoothNoise {
public:
    /// @param mesh cells from one corner of the net to the next
    SmoothNoise(std::uint32_t seed, double mesh) : seed_{seed}, mesh_{mesh} {}

    /// Heights of the first `columns` cells of a row.
    void row(int row, std::size_t columns, std::vector<float>& heights) const {
        heights.resize(columns);
        const double y = row / mesh_;
        const int net_row = static_cast<int>(y);
        const double part = y - net_row;
        const double weight = part * part * (3 - 2 * part);
        const auto height = [&](int column) {
            return (1 - weight) * unit(hash(net_row, column, seed_)) +
                   weight * unit(hash(net_row + 1, column, seed_));
        };
        std::size_t at = 0;
        double from = height(0);
        for (int net_column = 0; at < columns; ++net_column) {
            const double to = height(net_column + 1);
            const std::size_t end =
                std::min(columns, static_cast<std::size_t>(std::ceil((net_column + 1) * mesh_)));
            const double first = from + (to - from) * (static_cast<double>(at) / mesh_ - net_column);
            const auto step = static_cast<float>((to - from) / mesh_);
            const auto start = static_cast<float>(first);
            for (std::size_t i = at; i < end; ++i) {
                heights[i] = start + step * static_cast<float>(static_cast<int>(i - at));
            }
            at = end;
            from = to;
        }
    }

private:
    std::uint32_t seed_;
    double mesh_;
};

}  // namespace phusong::bench
