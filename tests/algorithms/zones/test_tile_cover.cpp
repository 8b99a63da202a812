// The cover of a tile, for which shared borders are cut once, against the plain path: each commune alone.
#include "algorithms/zones/tile_cover.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <cstdlib>
#include <map>
#include <random>

#include "algorithms/zones/cell_shares.hpp"
#include "algorithms/zones/zone_index.hpp"
#include "tests/support/drawing.hpp"

namespace phusong::test {
namespace {

using OwnersOfCells = std::map<Cell, std::vector<Owner>>;

OwnersOfCells plain(const std::vector<LatticeShape>& shapes, Window tile) {
    OwnersOfCells cells;
    for (std::size_t zone = 0; zone < shapes.size(); ++zone) {
        for (const ShareRun& run : cell_shares(shapes[zone], tile)) {
            for (std::int32_t i = 0; i < run.columns; ++i) {
                cells[{run.row, run.first_column + i}].push_back({static_cast<ZoneNumber>(zone), run.share});
            }
        }
    }
    for (auto& [cell, owners] : cells) {
        std::int64_t rest = Share::whole_units;
        std::size_t largest = 0;
        for (std::size_t i = 0; i < owners.size(); ++i) {
            rest -= owners[i].share.units();
            if (owners[i].share > owners[largest].share) largest = i;
        }
        if (std::abs(rest) <= closing_tolerance_units) {
            owners[largest].share = Share::of_units(owners[largest].share.units() + rest);
        }
    }
    return cells;
}

OwnersOfCells cells_of(const TileCover& cover) {
    OwnersOfCells cells;
    for (const CoverSegment& segment : cover.segments) {
        for (std::int32_t i = 0; i < segment.columns; ++i) {
            const auto owners = cover.owners_of(segment);
            const auto [at, fresh] = cells.try_emplace({segment.row, segment.first_column + i},
                                                       std::vector<Owner>(owners.begin(), owners.end()));
            CHECK(fresh);
        }
    }
    return cells;
}

bool in_row_major_order(const TileCover& cover) {
    return std::is_sorted(cover.segments.begin(), cover.segments.end(),
                          [](const CoverSegment& a, const CoverSegment& b) {
                              return Cell{a.row, a.first_column} < Cell{b.row, b.first_column};
                          });
}

/// Communes whose borders are one network: a jittered grid of corners, each side a polyline that both
/// neighbours walk, one forth and one back. Some corners lie on the lattice's own.
std::vector<MultiPolygon> network(std::mt19937& random, int rows, int columns, double cells) {
    std::uniform_real_distribution<double> jitter{-0.4, 0.4};
    std::uniform_int_distribution<int> roll{0, 9};
    std::map<std::pair<int, int>, Point> corners;
    for (int i = 0; i <= rows; ++i) {
        for (int j = 0; j <= columns; ++j) {
            Point corner{(j + jitter(random)) * cells, (i + jitter(random)) * cells};
            if (roll(random) < 3) corner = {std::round(corner.x), std::round(corner.y)};
            if (roll(random) < 2) corner.y = std::round(corner.y);
            corners[{i, j}] = corner;
        }
    }
    // Points between two corners, in the direction in which they are named first.
    std::map<std::pair<std::pair<int, int>, std::pair<int, int>>, std::vector<Point>> sides;
    const auto side = [&](std::pair<int, int> a, std::pair<int, int> b) {
        const bool turned = b < a;
        auto& points = sides[turned ? std::pair{b, a} : std::pair{a, b}];
        if (points.empty()) {
            const Point from = corners[turned ? b : a];
            const Point to = corners[turned ? a : b];
            for (const double part : {0.25, 0.5, 0.75}) {
                points.push_back({from.x + part * (to.x - from.x) + 0.1 * cells * jitter(random),
                                  from.y + part * (to.y - from.y) + 0.1 * cells * jitter(random)});
            }
        }
        return turned ? std::vector<Point>(points.rbegin(), points.rend()) : points;
    };
    std::vector<MultiPolygon> shapes;
    for (int i = 0; i < rows; ++i) {
        for (int j = 0; j < columns; ++j) {
            const std::pair<int, int> ring[] = {{i, j}, {i, j + 1}, {i + 1, j + 1}, {i + 1, j}};
            std::vector<Point> points;
            for (int k = 0; k < 4; ++k) {
                points.push_back(corners[ring[k]]);
                const auto between = side(ring[k], ring[(k + 1) % 4]);
                points.insert(points.end(), between.begin(), between.end());
            }
            MultiPolygon shape;
            shape.parts.push_back({points, {}});
            shapes.push_back(shape);
        }
    }
    return shapes;
}

}  // namespace

TEST_CASE("A tile's cover has the bits of each commune cut alone: networks, overlaps, holes, any tile") {
    std::mt19937 random{20250701};
    CoverMaker maker;  // one for all, as a thread has it
    TileCover cover;
    for (int round = 0; round < 40; ++round) {
        const double cells = round % 2 == 0 ? 2.3 : 9;
        std::vector<MultiPolygon> communes = network(random, 3, 4, cells);
        if (round % 3 == 0) {  // one has an enclave, which is a commune itself
            communes[5].parts[0].holes.push_back({{1.4 * cells, 1.4 * cells},
                                                  {1.6 * cells, 1.4 * cells},
                                                  {1.6 * cells, 1.6 * cells},
                                                  {1.4 * cells, 1.6 * cells}});
            communes.push_back(rectangle(1.4 * cells, 1.4 * cells, 1.6 * cells, 1.6 * cells));
        }
        if (round % 4 == 0) communes.push_back(communes[2]);  // twice the same
        if (round % 5 == 0) communes.push_back(rectangle(cells, 0.7, 2.5 * cells, 1.9 * cells));
        const GridSpec grid = unit_grid(30, 40);
        std::vector<LatticeShape> shapes;
        for (const MultiPolygon& commune : communes) shapes.push_back(on_lattice(commune, grid));
        const ZoneIndex index{shapes};
        for (const Window tile : {grid.window(), Window{0, 0, 7, 9}, Window{5, 3, 6, 11},
                                  Window{12, 20, 5, 4}, Window{2, 8, 1, 1}, Window{-3, -2, 9, 9}}) {
            index.cover(tile, maker, cover);
            CHECK(in_row_major_order(cover));
            CHECK(cells_of(cover) == plain(shapes, tile));
        }
    }
}

TEST_CASE("Cells of equal owners are one segment, however the border runs between rows") {
    const GridSpec grid = unit_grid(2, 6);
    const ZoneIndex index{
        {on_lattice(rectangle(0, 0, 6, 1.5), grid), on_lattice(rectangle(0, 1.5, 6, 2), grid)}};
    const TileCover cover = index.cover(grid.window());
    REQUIRE(cover.segments.size() == 2);
    CHECK(cover.segments[0].columns == 6);
    CHECK(cover.segments[1].columns == 6);
}

}  // namespace phusong::test
