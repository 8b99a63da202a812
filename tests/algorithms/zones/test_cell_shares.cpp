#include "algorithms/zones/cell_shares.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <numbers>
#include <random>
#include <vector>

#include "tests/support/drawing.hpp"
#include "tests/support/geos_referee.hpp"

namespace phusong::test {
namespace {

using Picture = std::vector<std::vector<double>>;

/// The shares of a whole grid as a picture.
Picture picture(const MultiPolygon& shape, const GridSpec& grid) {
    Picture shares(static_cast<std::size_t>(grid.rows),
                   std::vector<double>(static_cast<std::size_t>(grid.columns), 0.0));
    for (const ShareRun& run : cell_shares(on_lattice(shape, grid), grid.window())) {
        for (std::int32_t i = 0; i < run.columns; ++i) {
            shares[static_cast<std::size_t>(run.row)][static_cast<std::size_t>(run.first_column + i)] =
                run.share.value();
        }
    }
    return shares;
}

/// Worst difference to GEOS over all cells of the grid.
double worst_error(const MultiPolygon& shape, const GridSpec& grid) {
    const GeosReferee referee{shape, grid};
    REQUIRE(referee.valid());
    const Picture ours = picture(shape, grid);
    double worst = 0;
    for (std::int32_t row = 0; row < grid.rows; ++row) {
        for (std::int32_t column = 0; column < grid.columns; ++column) {
            const double mine = ours[static_cast<std::size_t>(row)][static_cast<std::size_t>(column)];
            worst = std::max(worst, std::abs(mine - referee.share({row, column})));
        }
    }
    return worst;
}

/// A star-shaped polygon around a centre: random radii, never self-crossing.
MultiPolygon random_star(std::mt19937_64& random, double x, double y, double radius, int corners) {
    std::uniform_real_distribution<double> part{0.15, 1.0};
    PolygonPart star;
    for (int i = 0; i < corners; ++i) {
        const double angle = 2 * std::numbers::pi * i / corners;
        const double r = radius * part(random);
        star.shell.push_back({x + r * std::cos(angle), y + r * std::sin(angle)});
    }
    return {{star}};
}

}  // namespace

TEST_CASE("A square over the corners of nine cells takes quarters, halves and a whole") {
    CHECK(picture(rectangle(0.5, 0.5, 2.5, 2.5), unit_grid(3, 3)) ==
          Picture{{0.25, 0.5, 0.25}, {0.5, 1, 0.5}, {0.25, 0.5, 0.25}});
}

TEST_CASE("A triangle over half a cell takes half of it, whichever way its ring runs") {
    const MultiPolygon one_way = polygon({{1, 1}, {2, 1}, {2, 2}});
    const MultiPolygon other_way = polygon({{1, 1}, {2, 2}, {2, 1}});
    const Picture expected{{0, 0, 0}, {0, 0.5, 0}, {0, 0, 0}};
    CHECK(picture(one_way, unit_grid(3, 3)) == expected);
    CHECK(picture(other_way, unit_grid(3, 3)) == expected);
}

TEST_CASE("Edges along cell lines leave whole cells and touch no neighbour") {
    CHECK(picture(rectangle(1, 1, 3, 2), unit_grid(3, 4)) ==
          Picture{{0, 0, 0, 0}, {0, 1, 1, 0}, {0, 0, 0, 0}});
}

TEST_CASE("A horizontal edge in the middle of a row leaves one run of half cells") {
    const auto runs = cell_shares(on_lattice(rectangle(0, 0, 4, 1.5), unit_grid(3, 4)), {0, 0, 3, 4});
    REQUIRE(runs.size() == 2);
    CHECK(runs[0] == ShareRun{1, 0, 4, Share::round(0.5)});
    CHECK(runs[1] == ShareRun{2, 0, 4, Share::whole()});
}

TEST_CASE("A polygon inside one cell takes its own area and nothing else") {
    CHECK(picture(rectangle(1.25, 1.25, 1.75, 1.5), unit_grid(3, 3)) ==
          Picture{{0, 0, 0}, {0, 0.125, 0}, {0, 0, 0}});
}

TEST_CASE("A hole is taken out, an island in the hole is put back") {
    MultiPolygon shape = rectangle(0, 0, 5, 5);
    shape.parts[0].holes.push_back({{1, 1}, {4, 1}, {4, 4}, {1, 4}});
    shape.parts.push_back(rectangle(2, 2, 3, 3).parts[0]);
    CHECK(picture(shape, unit_grid(5, 5)) ==
          Picture{{1, 1, 1, 1, 1}, {1, 0, 0, 0, 1}, {1, 0, 1, 0, 1}, {1, 0, 0, 0, 1}, {1, 1, 1, 1, 1}});
}

TEST_CASE("What sticks out of the grid on any side does not disturb what lies in it") {
    CHECK(picture(rectangle(-10, -10, 1.5, 20), unit_grid(2, 3)) == Picture{{1, 0.5, 0}, {1, 0.5, 0}});
    CHECK(picture(rectangle(-10, 0.5, 20, 7), unit_grid(2, 3)) == Picture{{1, 1, 1}, {0.5, 0.5, 0.5}});
    CHECK(picture(rectangle(5, 5, 6, 6), unit_grid(2, 3)) == Picture{{0, 0, 0}, {0, 0, 0}});
}

TEST_CASE("Repeated points, spikes and an explicit closing point change nothing") {
    const MultiPolygon plain = polygon({{0.3, 0.2}, {2.7, 0.4}, {1.9, 2.6}});
    const MultiPolygon noisy =
        polygon({{0.3, 0.2}, {0.3, 0.2}, {2.7, 0.4}, {2.7, 0.4}, {2.7, 0.4}, {1.9, 2.6}, {0.3, 0.2}});
    CHECK(picture(plain, unit_grid(3, 3)) == picture(noisy, unit_grid(3, 3)));
}

TEST_CASE("Shares of random stars agree with GEOS clipping to 1e-9 of a cell") {
    std::mt19937_64 random{20251001};
    std::uniform_real_distribution<double> place{2, 10};
    double worst = 0;
    for (int i = 0; i < 60; ++i) {
        const auto corners = 3 + static_cast<int>(random() % 40);
        const double radius = i % 3 == 0 ? 0.7 : 9.0;
        worst =
            std::max(worst, worst_error(random_star(random, place(random), place(random), radius, corners),
                                        unit_grid(12, 12)));
    }
    CHECK(worst < 1e-9);
}

TEST_CASE("Stars with corners on cell corners and edges on cell lines agree with GEOS to 1e-9") {
    std::mt19937_64 random{7};
    double worst = 0;
    int tried = 0;
    for (int i = 0; i < 120; ++i) {
        MultiPolygon star = random_star(random, 6, 6, 7, 3 + static_cast<int>(random() % 12));
        for (Point& point : star.parts[0].shell) {
            point.x = std::round(point.x * 2) / 2;
            point.y = std::round(point.y * 2) / 2;
        }
        if (!GeosReferee{star, unit_grid(12, 12)}.valid()) continue;
        ++tried;
        worst = std::max(worst, worst_error(star, unit_grid(12, 12)));
    }
    CHECK(tried > 40);
    CHECK(worst < 1e-9);
}

TEST_CASE("Random polygons with holes and several parts agree with GEOS to 1e-9") {
    std::mt19937_64 random{12};
    double worst = 0;
    int tried = 0;
    for (int i = 0; i < 40; ++i) {
        // The hole lies inside the circle that every star holds; the second part lies beyond the first one's
        // reach.
        MultiPolygon shape = random_star(random, 4.1, 4.3, 3.9, 30);
        for (Point& point : shape.parts[0].shell) {
            const double dx = point.x - 4.1;
            const double dy = point.y - 4.3;
            const double reach = std::max(1.0, 1.2 / std::hypot(dx, dy));
            point = {4.1 + dx * reach, 4.3 + dy * reach};
        }
        shape.parts[0].holes.push_back(random_star(random, 4.1, 4.3, 1.0, 9).parts[0].shell);
        shape.parts.push_back(random_star(random, 10.0, 9.7, 2.0, 7).parts[0]);
        if (!GeosReferee{shape, unit_grid(12, 12)}.valid()) continue;
        ++tried;
        worst = std::max(worst, worst_error(shape, unit_grid(12, 12)));
    }
    CHECK(tried > 20);
    CHECK(worst < 1e-9);
}

TEST_CASE("Slivers thinner than a millionth of a cell agree with GEOS to 1e-9") {
    double worst = 0;
    for (const double width : {1e-3, 1e-6, 1e-9, 1e-12}) {
        worst = std::max(
            worst, worst_error(polygon({{0.1, 0.1}, {9.9, 7.3}, {9.9, 7.3 + width}, {0.1, 0.1 + width}}),
                               unit_grid(10, 10)));
    }
    CHECK(worst < 1e-9);
}

TEST_CASE("On an arc-second lattice with 6-decimal coordinates shares agree with GEOS to 1e-9") {
    // Origin 102 E, 24 N as real national grids have it; six decimals often fall exactly on cell edges.
    const GridSpec grid{105, 19, 1.0 / 3600, 1.0 / 3600, 40, 40};
    std::mt19937_64 random{11};
    double worst = 0;
    for (int i = 0; i < 20; ++i) {
        MultiPolygon star = random_star(random, 105.005, 18.995, 0.0055, 24);
        for (Point& point : star.parts[0].shell) {
            point.x = std::round(point.x * 1e6) / 1e6;
            point.y = std::round(point.y * 1e6) / 1e6;
        }
        if (!GeosReferee{star, grid}.valid()) continue;
        worst = std::max(worst, worst_error(star, grid));
    }
    CHECK(worst < 1e-9);
}

TEST_CASE("A cell gets the same bits in every window that holds it") {
    std::mt19937_64 random{3};
    const GridSpec grid = unit_grid(30, 30);
    for (int i = 0; i < 10; ++i) {
        const LatticeShape shape = on_lattice(random_star(random, 15, 15, 17, 50), grid);
        std::vector<Share> whole(grid.window().cell_count());
        std::vector<Share> tiled(grid.window().cell_count());
        const auto paint = [&](std::vector<Share>& shares, Window window) {
            for (const ShareRun& run : cell_shares(shape, window)) {
                for (std::int32_t c = 0; c < run.columns; ++c) {
                    shares[grid.window().index_of({run.row, run.first_column + c})] = run.share;
                }
            }
        };
        paint(whole, grid.window());
        for (std::int32_t row = 0; row < 30; row += 7) {
            for (std::int32_t column = 0; column < 30; column += 4) {
                paint(tiled, intersection(grid.window(), {row, column, 7, 4}));
            }
        }
        CHECK(whole == tiled);
    }
}

TEST_CASE("Two shapes that share a ragged border add up to the whole in every cell, to the last unit") {
    std::mt19937_64 random{5};
    std::uniform_real_distribution<double> offset{-3, 3};
    const GridSpec grid = unit_grid(20, 20);
    Ring border;
    for (int i = 0; i <= 40; ++i) border.push_back({10 + offset(random), i * 0.5});
    Ring west{border};
    west.push_back({0, 20});
    west.push_back({0, 0});
    Ring east{border.rbegin(), border.rend()};
    east.push_back({20, 0});
    east.push_back({20, 20});
    std::vector<std::int64_t> sum(grid.window().cell_count(), 0);
    for (const Ring& ring : {west, east}) {
        for (const ShareRun& run : cell_shares(on_lattice({{{ring, {}}}}, grid), grid.window())) {
            for (std::int32_t c = 0; c < run.columns; ++c) {
                sum[grid.window().index_of({run.row, run.first_column + c})] += run.share.units();
            }
        }
    }
    for (const std::int64_t units : sum) CHECK(std::abs(units - Share::whole_units) <= 1);
}

}  // namespace phusong::test
