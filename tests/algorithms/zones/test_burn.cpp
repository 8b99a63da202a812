#include "algorithms/zones/burn.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "tests/support/drawing.hpp"

namespace phusong::test {
namespace {

std::vector<std::string> burned(const std::vector<MultiPolygon>& shapes, std::int32_t rows,
                                std::int32_t columns) {
    const GridSpec grid = unit_grid(rows, columns);
    std::vector<std::uint8_t> cells(grid.window().cell_count(), 0);
    for (const MultiPolygon& shape : shapes) burn(on_lattice(shape, grid), 1, {grid.window(), cells});
    std::vector<std::string> picture;
    for (std::int32_t row = 0; row < rows; ++row) {
        std::string line;
        for (std::int32_t column = 0; column < columns; ++column) {
            line += cells[grid.window().index_of({row, column})] != 0 ? '#' : '.';
        }
        picture.push_back(line);
    }
    return picture;
}

}  // namespace

TEST_CASE("A cell is burned when its centre is inside, not when a corner is") {
    CHECK(burned({rectangle(0.6, 0.4, 2.6, 1.6)}, 3, 4) == std::vector<std::string>{"....", ".##.", ".##."});
}

TEST_CASE("A centre exactly on the common edge of two polygons belongs to one of them") {
    const auto west = burned({rectangle(0, 0, 1.5, 2)}, 2, 3);
    const auto east = burned({rectangle(1.5, 0, 3, 2)}, 2, 3);
    for (std::size_t row = 0; row < 2; ++row) {
        for (std::size_t column = 0; column < 3; ++column)
            CHECK((west[row][column] == '#') != (east[row][column] == '#'));
    }
}

TEST_CASE("Overlapping polygons serve a cell once, a hole serves none") {
    MultiPolygon ring = rectangle(0, 0, 5, 5);
    ring.parts[0].holes.push_back({{1, 1}, {4, 1}, {4, 4}, {1, 4}});
    CHECK(burned({ring, rectangle(2, 2, 5, 3)}, 5, 5) ==
          std::vector<std::string>{"#####", "#...#", "#.###", "#...#", "#####"});
}

TEST_CASE("A window gets the cells that the whole grid has there") {
    const GridSpec grid = unit_grid(9, 9);
    const LatticeShape shape = on_lattice(polygon({{0.2, 0.3}, {8.7, 2.1}, {4.4, 8.9}}), grid);
    std::vector<std::uint8_t> whole(81, 0);
    burn(shape, 1, {grid.window(), whole});
    const Window window{2, 3, 4, 5};
    std::vector<std::uint8_t> part(window.cell_count(), 0);
    burn(shape, 1, {window, part});
    for (std::int32_t row = window.row; row < window.row_end(); ++row) {
        for (std::int32_t column = window.column; column < window.column_end(); ++column) {
            CHECK(part[window.index_of({row, column})] == whole[grid.window().index_of({row, column})]);
        }
    }
}

}  // namespace phusong::test
