#include "algorithms/dead_zones/distance_transform.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdint>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include "algorithms/grid/window.hpp"
#include "tests/support/drawing.hpp"

namespace phusong::test {
namespace {

/// A set of cells, row-major.
struct Sources {
    Window window;
    std::vector<char> in;

    [[nodiscard]] bool has(Cell cell) const { return in[window.index_of(cell)] != 0; }
};

Sources sources_of(const Drawing& drawing) {
    return {drawing.window(), drawing.map<char>([](char c) { return c == '#' ? 1 : 0; })};
}

using MetricOfRow = std::function<CellMetric(std::int32_t row)>;

MetricOfRow always(CellMetric metric) {
    return [metric](std::int32_t) { return metric; };
}

/// The row of the nearest source in a column, found by looking up and down.
std::int32_t nearest_in_column(const Sources& sources, Cell cell) {
    std::int32_t above = no_row;
    std::int32_t below = no_row;
    for (std::int32_t row = 0; row <= cell.row; ++row) {
        if (sources.has({row, cell.column})) above = row;
    }
    for (std::int32_t row = sources.window.rows - 1; row >= cell.row; --row) {
        if (sources.has({row, cell.column})) below = row;
    }
    return nearer_row(cell.row, above, below);
}

/// One transform for all rows, as a thread would use it.
std::vector<Nearest> transformed(const Sources& sources, const MetricOfRow& metric) {
    const Window& window = sources.window;
    std::vector<Nearest> all;
    RowTransform transform;
    for (std::int32_t row = 0; row < window.rows; ++row) {
        std::vector<std::int32_t> nearest_row;
        nearest_row.reserve(static_cast<std::size_t>(window.columns));
        for (std::int32_t column = 0; column < window.columns; ++column) {
            nearest_row.push_back(nearest_in_column(sources, {row, column}));
        }
        // What is left of an earlier use does not matter.
        std::vector<Nearest> out(nearest_row.size(), Nearest{{-7, -7}, 7});
        transform(row, nearest_row, metric(row), out);
        all.insert(all.end(), out.begin(), out.end());
    }
    return all;
}

std::int64_t squared_between(Cell a, Cell b, const CellMetric& metric) {
    const std::int64_t down = a.row - b.row;
    const std::int64_t right = a.column - b.column;
    return metric.across * right * right + metric.down * down * down;
}

/// Every cell against every source; of equally near ones the westernmost, of these the northernmost.
std::vector<Nearest> compared(const Sources& sources, const MetricOfRow& metric) {
    const Window& window = sources.window;
    std::vector<Cell> cells;
    for (std::int32_t column = 0; column < window.columns; ++column) {
        for (std::int32_t row = 0; row < window.rows; ++row) {
            if (sources.has({row, column})) cells.push_back({row, column});
        }
    }
    std::vector<Nearest> all;
    for (std::int32_t row = 0; row < window.rows; ++row) {
        for (std::int32_t column = 0; column < window.columns; ++column) {
            Nearest nearest;
            for (const Cell& cell : cells) {
                const std::int64_t squared = squared_between({row, column}, cell, metric(row));
                if (squared < nearest.squared) nearest = {cell, squared};
            }
            all.push_back(nearest);
        }
    }
    return all;
}

/// Squared distances as text, two digits a cell.
std::vector<std::string> squares(const Drawing& drawing, CellMetric metric) {
    const std::vector<Nearest> all = transformed(sources_of(drawing), always(metric));
    std::vector<std::string> rows(static_cast<std::size_t>(drawing.rows()));
    for (std::size_t i = 0; i < all.size(); ++i) {
        std::string& row = rows[i / static_cast<std::size_t>(drawing.columns())];
        const std::string number = all[i].found() ? std::to_string(all[i].squared) : "-";
        row +=
            (row.empty() ? "" : " ") + std::string(2 - std::min<std::size_t>(2, number.size()), ' ') + number;
    }
    return rows;
}

using Rows = std::vector<std::string>;

}  // namespace

TEST_CASE("Round one cell the squared distances are sums of two squares") {
    CHECK(squares({".....",  //
                   ".....",  //
                   ".#...",  //
                   "....."},
                  {1, 1}) == Rows{" 5  4  5  8 13",  //
                                  " 2  1  2  5 10",  //
                                  " 1  0  1  4  9",  //
                                  " 2  1  2  5 10"});
    CHECK(squares({".....",  //
                   ".....",  //
                   ".#...",  //
                   "....."},
                  {3, 5}) == Rows{"23 20 23 32 47",  //
                                  " 8  5  8 17 32",  //
                                  " 3  0  3 12 27",  //
                                  " 8  5  8 17 32"});
}

TEST_CASE("Where cells are wide the source above is nearer than the one beside") {
    CHECK(squares({"..#",  //
                   "...",  //
                   "#.."},
                  {4, 1}) == Rows{" 4  4  0",  //
                                  " 1  5  1",  //
                                  " 0  4  4"});
}

TEST_CASE("Without any source nothing is near, where all are sources everything is at itself") {
    CHECK(squares({"...", "..."}, {1, 1}) == Rows{" -  -  -", " -  -  -"});
    CHECK_FALSE(Nearest{}.found());
    CHECK(squares({"###", "###"}, {3, 5}) == Rows{" 0  0  0", " 0  0  0"});
    for (const Nearest& nearest : transformed(sources_of({"...", "..."}), always({1, 1}))) {
        CHECK(nearest == Nearest{});
    }
    const std::vector<Nearest> full = transformed(sources_of({"###", "###"}), always({1, 1}));
    for (std::int32_t i = 0; i < 6; ++i) {
        CHECK(full[static_cast<std::size_t>(i)] == Nearest{{i / 3, i % 3}, 0});
    }
    RowTransform{}(0, {}, {1, 1}, {});
}

TEST_CASE("The nearer of two rows is the upper one when they are equally near") {
    CHECK(nearer_row(5, 3, 6) == 6);
    CHECK(nearer_row(5, 4, 7) == 4);
    CHECK(nearer_row(5, 3, 7) == 3);
    CHECK(nearer_row(5, 5, 5) == 5);
    CHECK(nearer_row(5, no_row, 9000) == 9000);
    CHECK(nearer_row(5, 0, no_row) == 0);
    CHECK(nearer_row(5, no_row, no_row) == no_row);
}

TEST_CASE("Of equally near cells it is the western one, in its column the upper one") {
    const auto nearest = [](const Drawing& drawing, Cell cell) {
        const Sources sources = sources_of(drawing);
        return transformed(sources, always({1, 1}))[sources.window.index_of(cell)].cell;
    };
    CHECK(nearest({"#.#",  //
                   "...",  //
                   "#.#"},
                  {1, 1}) == Cell{0, 0});
    CHECK(nearest({".#.",  //
                   "#.#",  //
                   ".#."},
                  {1, 1}) == Cell{1, 0});
    CHECK(nearest({".#.",  //
                   "..#",  //
                   ".#."},
                  {1, 1}) == Cell{0, 1});
}

TEST_CASE("Distances and nearest cells are those that comparing every cell with every source finds") {
    std::mt19937_64 random{31};
    const std::vector<MetricOfRow> metrics{always({1, 1}), always({3, 5}), always({3800, 4096}),
                                           always({4096, 3800}), always({1, 1000}), always({1000, 1}),
                                           // As on a lattice of degrees: every row has its own.
                                           [](std::int32_t row) {
                                               return CellMetric{3500 + 7 * row, 4096};
                                           }};
    for (int round = 0; round < 140; ++round) {
        const auto side = [&] { return static_cast<std::int32_t>(1 + random() % 64); };
        Sources sources{{0, 0, side(), side()}, {}};
        const std::uint64_t per_mille = std::vector<std::uint64_t>{1, 5, 20, 100, 500, 950}[random() % 6];
        for (std::size_t i = 0; i < sources.window.cell_count(); ++i) {
            sources.in.push_back(random() % 1000 < per_mille ? 1 : 0);
        }
        const MetricOfRow& metric = metrics[static_cast<std::size_t>(round) % metrics.size()];
        CAPTURE(round, sources.window.rows, sources.window.columns, per_mille);
        const std::vector<Nearest> found = transformed(sources, metric);
        bool in_the_set_at_that_distance = true;
        for (std::size_t i = 0; i < found.size(); ++i) {
            if (!found[i].found()) continue;
            const auto columns = static_cast<std::size_t>(sources.window.columns);
            const Cell here{static_cast<std::int32_t>(i / columns), static_cast<std::int32_t>(i % columns)};
            in_the_set_at_that_distance &=
                sources.window.contains(found[i].cell) && sources.has(found[i].cell) &&
                squared_between(here, found[i].cell, metric(here.row)) == found[i].squared;
        }
        CHECK(in_the_set_at_that_distance);
        CHECK((found == compared(sources, metric)));
    }
}

TEST_CASE("Nothing overflows where the weighted squares of the sides are just below 2^61") {
    // 30000^2 x 2562000000 = 2.3058e18 < 2^61 = 2.30584e18, in either direction.
    const std::int64_t weight = 2562000000;
    const std::int32_t side = 30000;
    const CellMetric metric{weight, weight};
    std::vector<std::int32_t> nearest_row(static_cast<std::size_t>(side), no_row);
    std::vector<Nearest> out(nearest_row.size());
    nearest_row.front() = 0;
    RowTransform{}(side - 1, nearest_row, metric, out);
    const std::int64_t all_across = weight * (side - 1) * (side - 1);
    CHECK(out.back() == Nearest{{0, 0}, 2 * all_across});

    nearest_row.back() = side - 1;
    RowTransform{}(side - 1, nearest_row, metric, out);
    CHECK(out.back() == Nearest{{side - 1, side - 1}, 0});
    CHECK(out.front() == Nearest{{0, 0}, all_across});
    nearest_row.front() = 1;
    RowTransform{}(side - 1, nearest_row, metric, out);
    CHECK(out.front() == Nearest{{1, 0}, weight * (side - 2) * (side - 2)});
    CHECK(out[1].cell == Cell{side - 1, side - 1});
}

}  // namespace phusong::test
