#include "algorithms/dead_zones/outline.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdint>
#include <queue>
#include <random>
#include <string>
#include <vector>

#include "tests/support/drawing.hpp"
#include "tests/support/geos_referee.hpp"

namespace phusong::test {
namespace {

/// A set of cells, row-major.
struct Cells {
    Window window;
    std::vector<char> in;

    [[nodiscard]] bool has(Cell cell) const {
        return window.contains(cell) && in[window.index_of(cell)] != 0;
    }
};

Cells cells_of(const Drawing& drawing) {
    return {drawing.window(), drawing.map<char>([](char c) { return c == '#' ? 1 : 0; })};
}

std::vector<CellRun> runs_of(const Cells& cells) {
    std::vector<CellRun> runs;
    for (std::int32_t row = 0; row < cells.window.rows; ++row) {
        for (std::int32_t column = 0; column < cells.window.columns; ++column) {
            if (!cells.has({row, column})) continue;
            if (cells.has({row, column - 1})) {
                ++runs.back().end;
            } else {
                runs.push_back({row, column, column + 1});
            }
        }
    }
    return runs;
}

std::string text_of(const CornerRing& ring) {
    std::string text;
    for (const Corner& corner : ring) {
        text += (text.empty() ? "" : " ") + std::to_string(corner.row) + std::to_string(corner.column);
    }
    return text;
}

/// A part a line: "shell / hole / hole", every corner as the digits of its row and its column.
std::vector<std::string> outline(const Drawing& drawing) {
    std::vector<std::string> lines;
    for (const OutlinePart& part : outline_of(runs_of(cells_of(drawing)))) {
        lines.push_back(text_of(part.shell));
        for (const CornerRing& hole : part.holes) lines.back() += " / " + text_of(hole);
    }
    return lines;
}

using Parts = std::vector<std::string>;

}  // namespace

TEST_CASE("No cells have no outline, a cell has four corners from the north-west down") {
    CHECK(outline({"..", ".."}).empty());
    CHECK(outline({"#"}) == Parts{"00 10 11 01"});
    CHECK(outline({"...",  //
                   ".#."}) == Parts{"11 21 22 12"});
}

TEST_CASE("An outline has a corner only where it turns") {
    CHECK(outline({"####",  //
                   "####"}) == Parts{"00 20 24 04"});
    CHECK(outline({"#.",  //
                   "##"}) == Parts{"00 20 22 12 11 01"});
    CHECK(outline({".#.",  //
                   "###",  //
                   ".#."}) == Parts{"01 11 10 20 21 31 32 22 23 13 12 02"});
}

TEST_CASE("Rows without cells separate parts") {
    CHECK(outline({"##",  //
                   "..",  //
                   "..",  //
                   "##"}) == Parts{"00 10 12 02", "30 40 42 32"});
}

TEST_CASE("What a ring encloses is a hole") {
    CHECK(outline({"###",  //
                   "#.#",  //
                   "###"}) == Parts{"00 30 33 03 / 11 12 22 21"});
    CHECK(outline({"#####",  //
                   "#.#.#",  //
                   "#####"}) == Parts{"00 30 35 05 / 11 12 22 21 / 13 14 24 23"});
}

TEST_CASE("A cell in the hole of a ring is a part of its own") {
    CHECK(outline({"#####",  //
                   "#...#",  //
                   "#.#.#",  //
                   "#...#",  //
                   "#####"}) == Parts{"00 50 55 05 / 11 14 44 41", "22 32 33 23"});
    CHECK(outline({"#######",  //
                   "#.....#",  //
                   "#.###.#",  //
                   "#.#.#.#",  //
                   "#.###.#",  //
                   "#.....#",  //
                   "#######"}) == Parts{"00 70 77 07 / 11 16 66 61", "22 52 55 25 / 33 34 44 43"});
}

TEST_CASE("Cells that touch at a corner are two parts") {
    CHECK(outline({"#.",  //
                   ".#"}) == Parts{"00 10 11 01", "11 21 22 12"});
    CHECK(outline({".#",  //
                   "#."}) == Parts{"01 11 12 02", "10 20 21 11"});
    CHECK(outline({"#.#",  //
                   ".#.",  //
                   "#.#"}) ==
          Parts{"00 10 11 01", "02 12 13 03", "11 21 22 12", "20 30 31 21", "22 32 33 23"});
}

TEST_CASE("A cell that touches its ring from inside at a corner is another part") {
    CHECK(outline({"######",  //
                   "#....#",  //
                   "#.#..#",  //
                   "##...#",  //
                   "#....#",  //
                   "######"}) == Parts{"00 60 66 06 / 11 15 55 51 41 42 32 31", "22 32 33 23"});
}

TEST_CASE("A hole that touches the shell at a corner stays a hole") {
    CHECK(outline({".##",  //
                   "#.#",  //
                   "###"}) == Parts{"01 11 10 30 33 03 / 11 12 22 21"});
    CHECK(outline({"##.",  //
                   "#.#",  //
                   "###"}) == Parts{"00 30 33 13 12 02 / 11 12 22 21"});
    CHECK(outline({"###",  //
                   "#.#",  //
                   ".##"}) == Parts{"00 20 21 31 33 03 / 11 12 22 21"});
    CHECK(outline({"###",  //
                   "#.#",  //
                   "##."}) == Parts{"00 30 32 22 23 03 / 11 12 22 21"});
}

TEST_CASE("Holes that touch at a corner are two holes") {
    CHECK(outline({"####",  //
                   "#.##",  //
                   "##.#",  //
                   "####"}) == Parts{"00 40 44 04 / 11 12 22 21 / 22 23 33 32"});
    CHECK(outline({"####",  //
                   "##.#",  //
                   "#.##",  //
                   "####"}) == Parts{"00 40 44 04 / 12 13 23 22 / 21 22 32 31"});
}

TEST_CASE("A spiral is one part without holes") {
    CHECK(outline({"###",  //
                   "..#",  //
                   "#.#",  //
                   "###"}) == Parts{"00 10 12 32 31 21 20 40 43 03"});
}

TEST_CASE("On the map rings are closed and corners lie on cell edges") {
    const std::vector<CellRun> runs{{1, 2, 4}};
    const GridSpec grid{105, 20, 0.25, 0.5, 10, 10};
    const MultiPolygon shape = on_map(outline_of(runs), grid);
    CHECK(shape == polygon({{105.5, 19.5}, {105.5, 19}, {106, 19}, {106, 19.5}, {105.5, 19.5}}));
}

namespace {

Cells random_cells(std::mt19937_64& random) {
    const auto side = [&] { return static_cast<std::int32_t>(1 + random() % 32); };
    Cells cells{{0, 0, side(), side()}, {}};
    const std::uint64_t percent = 10 + 10 * (random() % 9);
    for (std::size_t i = 0; i < cells.window.cell_count(); ++i) {
        cells.in.push_back(random() % 100 < percent ? 1 : 0);
    }
    return cells;
}

/// Cells that are connected over their edges, in the order of their first cells.
std::vector<Cells> flooded(Cells cells) {
    std::vector<Cells> parts;
    for (std::int32_t row = 0; row < cells.window.rows; ++row) {
        for (std::int32_t column = 0; column < cells.window.columns; ++column) {
            if (!cells.has({row, column})) continue;
            Cells part{cells.window, std::vector<char>(cells.in.size(), 0)};
            std::queue<Cell> waiting;
            const auto take = [&](Cell cell) {
                if (!cells.has(cell)) return;
                cells.in[cells.window.index_of(cell)] = 0;
                part.in[cells.window.index_of(cell)] = 1;
                waiting.push(cell);
            };
            take({row, column});
            while (!waiting.empty()) {
                const Cell cell = waiting.front();
                waiting.pop();
                take({cell.row - 1, cell.column});
                take({cell.row + 1, cell.column});
                take({cell.row, cell.column - 1});
                take({cell.row, cell.column + 1});
            }
            parts.push_back(std::move(part));
        }
    }
    return parts;
}

/// Even-odd rule: a cell is inside when an odd number of upright lines lies west of it.
Cells filled(const OutlinePart& part, Window window) {
    Cells cells{window, std::vector<char>(window.cell_count(), 0)};
    const auto toggle = [&](const CornerRing& ring) {
        for (std::size_t i = 0; i < ring.size(); ++i) {
            const Corner& from = ring[i];
            const Corner& to = ring[(i + 1) % ring.size()];
            if (from.column != to.column) continue;
            for (std::int32_t row = std::min(from.row, to.row); row < std::max(from.row, to.row); ++row) {
                for (std::int32_t column = from.column; column < window.columns; ++column) {
                    cells.in[window.index_of({row, column})] ^= 1;
                }
            }
        }
    };
    toggle(part.shell);
    for (const CornerRing& hole : part.holes) toggle(hole);
    return cells;
}

/// In cells; positive when the ring runs counter-clockwise with north up.
std::int64_t signed_area(const CornerRing& ring) {
    std::int64_t twice = 0;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const Corner& a = ring[i];
        const Corner& b = ring[(i + 1) % ring.size()];
        twice += std::int64_t{b.column} * a.row - std::int64_t{a.column} * b.row;
    }
    return twice / 2;
}

/// Every line follows cell edges, and every corner is a turn.
bool turns_at_every_corner(const CornerRing& ring) {
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const Corner& a = ring[i];
        const Corner& b = ring[(i + 1) % ring.size()];
        const Corner& c = ring[(i + 2) % ring.size()];
        const bool upright = a.column == b.column && a.row != b.row;
        const bool level = a.row == b.row && a.column != b.column;
        const bool next_upright = b.column == c.column && b.row != c.row;
        if (upright == level || upright == next_upright) return false;
    }
    return ring.size() >= 4;
}

}  // namespace

TEST_CASE("Outlines of random cells are valid for GEOS and hold these cells, part by part") {
    std::mt19937_64 random{21};
    for (int round = 0; round < 300; ++round) {
        CAPTURE(round);
        const Cells cells = random_cells(random);
        const GridSpec grid = unit_grid(cells.window.rows, cells.window.columns);
        const std::vector<Cells> expected = flooded(cells);
        const Outline parts = outline_of(runs_of(cells));
        REQUIRE(parts.size() == expected.size());
        const MultiPolygon shape = on_map(parts, grid);
        REQUIRE(shape.parts.size() == parts.size());
        const GeosReferee whole{shape, grid};
        CHECK(whole.valid());
        CHECK(whole.area() == static_cast<double>(std::count(cells.in.begin(), cells.in.end(), 1)));

        bool every_part_is_valid = true;
        bool every_part_has_its_cells = true;
        bool every_corner_turns = true;
        bool every_ring_starts_first = true;
        bool every_ring_turns_its_way = true;
        bool every_area_is_exact = true;
        for (std::size_t i = 0; i < parts.size(); ++i) {
            std::int64_t area = signed_area(parts[i].shell);
            every_ring_turns_its_way &= area > 0;
            std::vector<CornerRing> rings{parts[i].shell};
            for (const CornerRing& hole : parts[i].holes) {
                every_ring_turns_its_way &= signed_area(hole) < 0;
                area += signed_area(hole);
                rings.push_back(hole);
            }
            for (const CornerRing& ring : rings) {
                every_corner_turns &= turns_at_every_corner(ring);
                every_ring_starts_first &= ring.front() == *std::min_element(ring.begin(), ring.end());
            }
            every_area_is_exact &= area == std::count(expected[i].in.begin(), expected[i].in.end(), 1);
            every_part_has_its_cells &= filled(parts[i], cells.window).in == expected[i].in;
            every_part_is_valid &= GeosReferee{{{shape.parts[i]}}, grid}.valid();
        }
        CHECK(every_part_is_valid);
        CHECK(every_part_has_its_cells);
        CHECK(every_corner_turns);
        CHECK(every_ring_starts_first);
        CHECK(every_ring_turns_its_way);
        CHECK(every_area_is_exact);
    }
}

}  // namespace phusong::test
