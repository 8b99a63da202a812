#include <catch2/catch.hpp>
#include <cstdlib>
#include <random>

#include "algorithms/dead_zones/distance_transform.hpp"
#include "algorithms/dead_zones/nearest_rows.hpp"
#include "tests/support/drawing.hpp"

namespace phusong::test {
namespace {

using Rows = std::vector<std::string>;

std::vector<ColumnRun> runs_in(const std::string& row) {
    std::vector<ColumnRun> runs;
    for (std::int32_t column = 0; column < static_cast<std::int32_t>(row.size()); ++column) {
        if (row[static_cast<std::size_t>(column)] != '#') continue;
        if (!runs.empty() && runs.back().end == column) {
            ++runs.back().end;
        } else {
            runs.push_back({column, column + 1});
        }
    }
    return runs;
}

/// Nearest row with '#' of every cell, row-major, computed in bands of the given height.
std::vector<std::int32_t> in_bands(const Rows& drawing, std::int32_t band_rows, std::int32_t north,
                                   std::int32_t south) {
    std::vector<std::vector<ColumnRun>> runs;
    for (const std::string& row : drawing) runs.push_back(runs_in(row));
    const auto rows = static_cast<std::int32_t>(drawing.size());
    const std::int32_t bands = (rows + band_rows - 1) / band_rows;
    NearestRows nearest{static_cast<std::int32_t>(drawing.front().size()), bands, north, south};
    const auto height = [&](std::int32_t band) { return std::min(band_rows, rows - band * band_rows); };
    const auto runs_of = [&](std::int32_t band) {
        return [&, band](std::int32_t i) {
            return std::span<const ColumnRun>{runs[static_cast<std::size_t>(band * band_rows + i)]};
        };
    };
    for (std::int32_t band = bands - 1; band >= 0; --band) {
        nearest.scan(band, band * band_rows, height(band), runs_of(band));
    }
    std::vector<std::int32_t> all;
    for (std::int32_t band = 0; band < bands; ++band) {
        nearest.start(band, band * band_rows, height(band), runs_of(band));
        for (std::int32_t i = 0; i < height(band); ++i) {
            const auto row = nearest.next();
            all.insert(all.end(), row.begin(), row.end());
        }
    }
    return all;
}

/// By looking at every row, from the north; beyond the grid as one row more on either side.
std::vector<std::int32_t> by_hand(const Rows& drawing, std::int32_t north, std::int32_t south) {
    std::vector<std::int32_t> all;
    const auto rows = static_cast<std::int32_t>(drawing.size());
    for (std::int32_t row = 0; row < rows; ++row) {
        for (std::size_t column = 0; column < drawing.front().size(); ++column) {
            std::int32_t best = no_row;
            const auto offer = [&](std::int32_t other) {
                if (other != no_row && (best == no_row || std::abs(row - other) < std::abs(row - best)))
                    best = other;
            };
            offer(north);
            for (std::int32_t other = 0; other < rows; ++other) {
                if (drawing[static_cast<std::size_t>(other)][column] == '#') offer(other);
            }
            offer(south);
            all.push_back(best);
        }
    }
    return all;
}

}  // namespace

TEST_CASE("Every cell learns the nearest row of its column, the upper one of two") {
    const Rows drawing{"#..",  //
                       "...",  //
                       "#.#",  //
                       "..."};
    const std::vector<std::int32_t> expected{0, no_row, 2,  //
                                             0, no_row, 2,  //
                                             2, no_row, 2,  //
                                             2, no_row, 2};
    for (const std::int32_t band : {1, 2, 3, 4}) CHECK(in_bands(drawing, band, no_row, no_row) == expected);
    const std::vector<std::int32_t> walled = in_bands(drawing, 2, -1, 4);
    CHECK(walled[1] == -1);
    CHECK(walled[2] == -1);
    CHECK(walled[4] == -1);
    CHECK(walled[7] == 4);
    CHECK(walled[10] == 4);
}

TEST_CASE("Nearest rows equal looking at every row, for any band height and more than one chunk of rows") {
    std::mt19937 random{5};
    for (const int rows : {1, 5, 63, 64, 65, 150}) {
        for (const int one_in : {2, 40}) {
            Rows drawing(static_cast<std::size_t>(rows), std::string(9, '.'));
            for (std::string& row : drawing) {
                for (char& cell : row) {
                    if (random() % static_cast<unsigned>(one_in) == 0) cell = '#';
                }
            }
            for (const std::int32_t band : {1, 7, 64, 65, 200}) {
                CHECK(in_bands(drawing, band, no_row, no_row) == by_hand(drawing, no_row, no_row));
                CHECK(in_bands(drawing, band, -1, rows) == by_hand(drawing, -1, rows));
            }
        }
    }
}

}  // namespace phusong::test
