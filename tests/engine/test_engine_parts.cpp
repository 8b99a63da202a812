#include <algorithm>
#include <atomic>
#include <catch2/catch.hpp>
#include <chrono>
#include <cmath>
#include <stdexcept>
#include <thread>
#include <vector>

#include "algorithms/grid/tile_set.hpp"
#include "engine/cell_sampler.hpp"
#include "engine/fold_in_order.hpp"
#include "engine/memory_sources.hpp"
#include "engine/value_audit.hpp"
#include "tests/support/drawing.hpp"
#include "tests/support/merge_laws.hpp"

namespace phusong::test {

TEST_CASE("Results arrive in order whatever the threads do, and never more in flight than allowed") {
    for (const std::size_t threads : {1U, 2U, 8U}) {
        std::vector<std::size_t> order;
        std::atomic<int> in_flight{0};
        std::atomic<int> most{0};
        fold_in_order(
            200, threads, threads + 3,
            [&] {
                return [&](std::size_t i) {
                    most = std::max(most.load(), ++in_flight);
                    if (i % 7 == 0) std::this_thread::sleep_for(std::chrono::microseconds{300});
                    return i * i;
                };
            },
            [&](std::size_t i, std::size_t square) {
                --in_flight;
                CHECK(square == i * i);
                order.push_back(i);
            });
        CHECK(order.size() == 200);
        CHECK(std::is_sorted(order.begin(), order.end()));
        CHECK(most <= static_cast<int>(threads) + 4);
    }
}

TEST_CASE("The error of the lowest number wins, after everything before it was consumed") {
    for (const std::size_t threads : {1U, 4U}) {
        std::vector<std::size_t> consumed;
        const auto fail = [&] {
            fold_in_order(
                100, threads, 16,
                [] {
                    return [](std::size_t i) {
                        if (i == 20) std::this_thread::sleep_for(std::chrono::milliseconds{5});
                        if (i == 20 || i == 23 || i == 30) throw std::runtime_error{std::to_string(i)};
                        return i;
                    };
                },
                [&](std::size_t i, std::size_t) { consumed.push_back(i); });
        };
        CHECK_THROWS_WITH(fail(), "20");
        CHECK(consumed.size() == 20);
    }
}

TEST_CASE("An error while a worker is made, or while a result is consumed, reaches the caller") {
    const auto broken_worker = [] {
        fold_in_order(
            5, 2, 4, []() -> std::function<int(std::size_t)> { throw std::runtime_error{"no reader"}; },
            [](std::size_t, int) {});
    };
    CHECK_THROWS_WITH(broken_worker(), "no reader");
    const auto broken_sink = [] {
        fold_in_order(
            50, 3, 6, [] { return [](std::size_t i) { return i; }; },
            [](std::size_t i, std::size_t) {
                if (i == 4) throw std::runtime_error{"disk full"};
            });
    };
    CHECK_THROWS_WITH(broken_sink(), "disk full");
}

TEST_CASE("Sets of tiles join neighbours and refuse a tile that they hold") {
    TileSet tiles;
    CHECK(tiles.add(4, 6));
    CHECK(tiles.add(0, 2));
    CHECK(tiles.add(2, 4));
    CHECK(tiles.ranges().size() == 1);
    CHECK(tiles.size() == 6);
    CHECK_FALSE(tiles.add(5, 9));
    CHECK_FALSE(tiles.add(0, 1));
    CHECK(tiles.size() == 6);
}

TEST_CASE("Audits of values merge as a commutative monoid") {
    const auto audit = [](double value) {
        ValueAudit out;
        out.invalid.add(value);
        out.odd.add(value * 2);
        out.odd.add(value + 1);
        out.without_data = static_cast<std::int64_t>(value);
        return out;
    };
    check_merge_laws(ValueAudit{}, audit(1), audit(5), audit(-3));
    ValueCount count;
    count.add(-5);
    CHECK(count.words() == "-5 in 1 cell");
    count.add(2.5);
    CHECK(count.words() == "-5 to 2.5 in 2 cells");
}

TEST_CASE("Sampled centres differ from the exact transform by less than an eighth of a cell") {
    const GridSpec study{0, 200, 1, 1, 200, 200};
    const GridSpec raster{-500, 3000, 5, 5, 800, 800};
    const MemoryTransform bend{[](Point p) {
        return Point{7 * p.x + 0.004 * p.x * p.x + 20 * std::sin(p.y / 30), 9 * p.y - 0.01 * p.x * p.y};
    }};
    CellSampler sampler{study, 1, raster, bend.open()};
    const Window window{13, 29, 150, 101};
    const SampledCells sampled = sampler.sample(window);
    const auto exact = bend.open();
    int far = 0;
    for (std::int32_t row = window.row; row < window.row_end(); ++row) {
        for (std::int32_t column = window.column; column < window.column_end(); ++column) {
            double x[] = {study.x_at(column + 0.5)};
            double y[] = {study.y_at(row + 0.5)};
            exact->apply(x, y);
            const Cell cell = sampled.cells[window.index_of({row, column})];
            const double miss_x = std::abs(raster.column_at(x[0]) - (cell.column + 0.5)) - 0.5;
            const double miss_y = std::abs(raster.row_at(y[0]) - (cell.row + 0.5)) - 0.5;
            if (std::max(miss_x, miss_y) > 0.125) ++far;
            REQUIRE(sampled.hull.contains(cell));
        }
    }
    CHECK(far == 0);
}

TEST_CASE(
    "A corner of the coverage anywhere in a population cell is measured to a few of its sample points") {
    for (const std::int32_t refine : {1, 2, 3, 4, 6, 8, 12, 16}) {
        const GridSpec study{0, 1, 1.0 / refine, 1.0 / refine, refine, refine};
        double worst = 0;
        for (double east = 0.05; east < 1; east += 0.045) {
            for (double south = 0.05; south < 1; south += 0.045) {
                const GridSpec raster{east - 1, 2 - south, 1, 1, 2, 2};  // its cell 0, 0 holds the corner
                const SampledCells sampled =
                    CellSampler{study, refine, raster, nullptr}.sample(study.window());
                const auto inside = std::count(sampled.cells.begin(), sampled.cells.end(), Cell{0, 0});
                worst =
                    std::max(worst, std::abs(static_cast<double>(inside) - refine * refine * east * south));
            }
        }
        CAPTURE(refine);
        CHECK(worst < 2.6);
    }
}

TEST_CASE("The same centre finds the same cell in every window, and none off the raster") {
    const GridSpec study{0, 100, 1, 1, 100, 100};
    const GridSpec raster{20, 90, 0.7, 0.7, 50, 60};
    CellSampler sampler{study, 1, raster, nullptr};
    const SampledCells whole = sampler.sample(study.window());
    for (std::int32_t row = 0; row < 100; row += 13) {
        for (std::int32_t column = 0; column < 100; column += 17) {
            const Window window = intersection(study.window(), {row, column, 13, 17});
            const SampledCells part = sampler.sample(window);
            for (std::int32_t r = window.row; r < window.row_end(); ++r) {
                for (std::int32_t c = window.column; c < window.column_end(); ++c) {
                    CHECK(part.cells[window.index_of({r, c})] ==
                          whole.cells[study.window().index_of({r, c})]);
                }
            }
        }
    }
    CHECK(whole.cells[study.window().index_of({0, 0})].row == -1);
    CHECK(sampler.sample({0, 0, 5, 5}).hull.empty());
}

}  // namespace phusong::test
