#include <catch2/catch.hpp>
#include <vector>

#include "algorithms/grid/cell_area.hpp"
#include "algorithms/grid/grid_spec.hpp"
#include "algorithms/grid/tile_set.hpp"
#include "algorithms/grid/tiling.hpp"
#include "algorithms/grid/window.hpp"
#include "tests/support/drawing.hpp"

namespace phusong::test {

TEST_CASE("Windows that only share an edge share no cell") {
    CHECK(intersection({0, 0, 2, 2}, {0, 2, 2, 2}).empty());
    CHECK(intersection({0, 0, 3, 3}, {1, 2, 9, 9}) == Window{1, 2, 2, 1});
}

TEST_CASE("Tiles of any size hold every cell exactly once, row of tiles by row of tiles") {
    const Window extent{3, 5, 10, 7};
    for (const auto& [rows, columns] : {std::pair{1, 1}, {4, 3}, {10, 7}, {64, 64}, {3, 7}}) {
        const Tiling tiling{extent, rows, columns};
        std::vector<int> seen(extent.cell_count(), 0);
        Window before{-1, -1, 0, 0};
        for (std::size_t i = 0; i < tiling.size(); ++i) {
            const Window tile = tiling[i];
            CHECK((tile.row > before.row || (tile.row == before.row && tile.column > before.column)));
            before = tile;
            for (std::int32_t r = tile.row; r < tile.row_end(); ++r) {
                for (std::int32_t c = tile.column; c < tile.column_end(); ++c)
                    ++seen[extent.index_of({r, c})];
            }
        }
        CHECK(seen == std::vector<int>(extent.cell_count(), 1));
    }
}

TEST_CASE("A tile has a neighbour over every side and corner but the edge's") {
    // 0 1 2
    // 3 4 5
    const Tiling tiling{{3, 5, 10, 7}, 5, 3};
    REQUIRE(tiling.size() == 6);
    CHECK(tiling.neighbour(4, -1, -1) == 0U);
    CHECK(tiling.neighbour(4, -1, 0) == 1U);
    CHECK(tiling.neighbour(4, -1, 1) == 2U);
    CHECK(tiling.neighbour(4, 0, -1) == 3U);
    CHECK(tiling.neighbour(4, 0, 1) == 5U);
    CHECK(tiling.neighbour(1, 1, 1) == 5U);
    CHECK_FALSE(tiling.neighbour(4, 1, 0).has_value());
    CHECK_FALSE(tiling.neighbour(1, -1, 0).has_value());
    CHECK_FALSE(tiling.neighbour(2, 0, 1).has_value());
    CHECK_FALSE(tiling.neighbour(2, 1, 1).has_value());
    CHECK_FALSE(tiling.neighbour(3, 0, -1).has_value());
    CHECK_FALSE(tiling.neighbour(3, -1, -1).has_value());
}

TEST_CASE("A set of tiles holds what was added, and takes no tile twice") {
    TileSet tiles;
    CHECK_FALSE(tiles.contains(0));
    REQUIRE(tiles.add(3, 5));
    REQUIRE(tiles.add(8, 9));
    std::vector<std::size_t> held;
    for (std::size_t tile = 0; tile < 12; ++tile) {
        if (tiles.contains(tile)) held.push_back(tile);
    }
    CHECK(held == std::vector<std::size_t>{3, 4, 8});
    CHECK_FALSE(tiles.add(4, 7));
    CHECK_FALSE(tiles.add(2, 4));
    CHECK_FALSE(tiles.contains(2));
    CHECK_FALSE(tiles.contains(5));
    REQUIRE(tiles.add(5, 8));
    CHECK(tiles.ranges().size() == 1);
    CHECK(tiles.contains(7));
    CHECK(tiles.size() == 6);
}

TEST_CASE("A grid nests in one of three times its cells, shifted by whole cells") {
    const GridSpec coarse{100, 20, 0.3, 0.3, 10, 10};
    const GridSpec fine{100.1, 20.2, 0.1, 0.1, 60, 60};
    LatticeRatio ratio;
    REQUIRE(nests_in(fine, coarse, ratio));
    CHECK(ratio.ratio_rows == 3);
    CHECK(ratio.ratio_columns == 3);
    CHECK(ratio.column_offset == -1);
    CHECK(ratio.row_offset == 2);
}

TEST_CASE("A grid shifted by half a cell, or of 0.7 of the cell, does not nest") {
    LatticeRatio ratio;
    CHECK_FALSE(nests_in({0.5, 10, 1, 1, 10, 10}, unit_grid(10, 10), ratio));
    CHECK_FALSE(nests_in({0, 10, 0.7, 0.7, 10, 10}, unit_grid(10, 10), ratio));
    CHECK_FALSE(nests_in({0, 10, 2, 2, 10, 10}, unit_grid(10, 10), ratio));
}

TEST_CASE("Cell sizes written with ten decimals still nest, a drift of a cell over the grid does not") {
    const GridSpec coarse{103.798749596150031, 20.066250118627146, 0.0083333333, 0.0083333333, 190, 270};
    const GridSpec fine{103.798749596150031, 20.066250118627146, 0.00083333333, 0.00083333333, 1900, 2700};
    LatticeRatio ratio;
    REQUIRE(nests_in(fine, coarse, ratio));
    CHECK(ratio.ratio_rows == 10);
    const GridSpec drifting{103.798749596150031, 20.066250118627146, 0.0008336, 0.0008336, 1900, 2700};
    CHECK_FALSE(nests_in(drifting, coarse, ratio));
}

TEST_CASE("The whole ellipsoid has the area that textbooks give") {
    // WGS 84: 510,065,621.724 km2 (NIMA TR8350.2, table 3.3 gives the authalic radius 6,371,007.1809 m).
    CHECK(area_between_parallels({}, -90, 90, 360) / 1e6 == Approx(510065621.724).epsilon(1e-9));
    const Ellipsoid sphere{1, 0};
    CHECK(area_between_parallels(sphere, -90, 90, 360) == Approx(4 * 3.14159265358979323846).epsilon(1e-12));
}

TEST_CASE("Cells of a row have one area, runs add it up exactly, parts of a grid agree with the whole") {
    const GridSpec grid{105, 19, 1.0 / 1200, 1.0 / 1200, 100, 100};
    const CellAreas areas{grid, EarthSurface{}};
    CHECK(areas.of_run(7, 10, 30) == areas.of_cell(7, 3) * 20);
    double sum = 0;
    for (std::int32_t row = 0; row < 100; ++row) sum += areas.of_run(row, 0, 100).value();
    CHECK(sum == Approx(area_between_parallels({}, 19 - 100.0 / 1200, 19, 100.0 / 1200)).epsilon(1e-9));
}

TEST_CASE("On a map the areal scale divides, block by block") {
    EarthSurface surface;
    surface.geographic = false;
    surface.areal_scale = [](double x, double) { return x < 3200 ? 1.0 : 0.5; };
    const CellAreas areas{{0, 6400, 100, 100, 64, 64}, surface};
    CHECK(areas.of_cell(0, 0).value() == 10000);
    CHECK(areas.of_cell(63, 63).value() == 20000);
    CHECK(areas.of_run(5, 30, 34).value() == 2 * 10000 + 2 * 20000);
}

}  // namespace phusong::test
