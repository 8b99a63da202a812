#pragma once

#include <algorithm>
#include <cstdint>
#include <random>
#include <vector>

#include "algorithms/ledger/tally_tile.hpp"
#include "algorithms/zones/zone_index.hpp"

namespace phusong::bench {

inline constexpr std::int32_t tile_side = 512;

/// A grid of one tile, cells of 1 x 1.
inline GridSpec tile_grid() {
    return {0, static_cast<double>(tile_side), 1, 1, tile_side, tile_side};
}

/// n x n communes that fill the tile, borders crooked and shared, a vertex every `step` cells.
inline ZoneIndex communes(int n, double step) {
    std::mt19937 random{42};
    std::uniform_real_distribution<double> off{-0.4, 0.4};
    const double side = static_cast<double>(tile_side) / n;
    const int parts = std::max(1, static_cast<int>(side / step));
    // Borders across and down, each point once.
    std::vector<std::vector<Point>> across;
    std::vector<std::vector<Point>> down;
    for (int i = 0; i <= n; ++i) {
        across.emplace_back();
        down.emplace_back();
        for (int j = 0; j <= n * parts; ++j) {
            const double along = j * side / parts;
            const bool corner = j % parts == 0;
            across.back().push_back({along, i * side + (corner ? 0 : off(random) * step)});
            down.back().push_back({i * side + (corner ? 0 : off(random) * step), along});
        }
    }
    std::vector<LatticeShape> shapes;
    for (int row = 0; row < n; ++row) {
        for (int column = 0; column < n; ++column) {
            Ring ring;
            const auto place = [&](int at) { return static_cast<std::size_t>(at * parts); };
            for (std::size_t j = place(column); j < place(column + 1); ++j)
                ring.push_back(across[static_cast<std::size_t>(row)][j]);
            for (std::size_t j = place(row); j < place(row + 1); ++j)
                ring.push_back(down[static_cast<std::size_t>(column) + 1][j]);
            for (std::size_t j = place(column + 1); j > place(column); --j)
                ring.push_back(across[static_cast<std::size_t>(row) + 1][j]);
            for (std::size_t j = place(row + 1); j > place(row); --j)
                ring.push_back(down[static_cast<std::size_t>(column)][j]);
            MultiPolygon shape;
            shape.parts.push_back({ring, {}});
            shapes.push_back(on_lattice(shape, tile_grid()));
        }
    }
    return ZoneIndex{std::move(shapes)};
}

/// Runs of states, `mean` cells long on average, over one row.
inline std::vector<StateRun> runs_of_row(std::mt19937& random, double mean) {
    std::geometric_distribution<std::int32_t> length{1 / mean};
    std::vector<StateRun> runs;
    for (std::int32_t column = 0; column < tile_side;) {
        column = std::min(tile_side, column + 1 + length(random));
        ServiceState state;
        for (std::size_t layer = 0; layer < 3; ++layer)
            state = state.with(layer, random() % 2 == 0 ? Service::served : Service::unserved);
        runs.push_back({column, state, state.of(0) == Service::unserved});
    }
    return runs;
}

}  // namespace phusong::bench
