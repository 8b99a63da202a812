#include "algorithms/outlines/shared_arcs.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstdlib>
#include <numeric>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "algorithms/dead_zones/outline.hpp"
#include "tests/support/drawing.hpp"

namespace phusong::test {
namespace {

/// Every corner of a cell is a point, as on real borders, where points lie closer than they need to. Shells
/// go clockwise.
DrawnRing ring_along(const CornerRing& corners, std::int32_t scale) {
    DrawnRing ring;
    for (std::size_t i = 0; i < corners.size(); ++i) {
        const Corner a = corners[i];
        const Corner b = corners[(i + 1) % corners.size()];
        const std::int32_t steps = std::max(std::abs(a.row - b.row), std::abs(a.column - b.column));
        for (std::int32_t step = 0; step < steps; ++step) {
            ring.push_back({scale * (a.column + step * (b.column - a.column) / steps),
                            scale * (a.row + step * (b.row - a.row) / steps)});
        }
    }
    std::reverse(ring.begin(), ring.end());
    return ring;
}

/// The shape of each letter, in the order of the alphabet; '.' is nobody's.
std::vector<DrawnShape> letters(const Drawing& drawing, std::int32_t scale = 1) {
    std::set<char> names;
    for (const char c : drawing.map<char>([](char name) { return name; })) names.insert(c);
    names.erase('.');
    std::vector<DrawnShape> shapes;
    for (const char name : names) {
        std::vector<CellRun> runs;
        for (std::int32_t row = 0; row < drawing.rows(); ++row) {
            for (std::int32_t column = 0; column < drawing.columns(); ++column) {
                if (drawing.at({row, column}) != name) continue;
                if (column > 0 && drawing.at({row, column - 1}) == name) {
                    ++runs.back().end;
                } else {
                    runs.push_back({row, column, column + 1});
                }
            }
        }
        DrawnShape& shape = shapes.emplace_back();
        for (const OutlinePart& part : outline_of(runs)) {
            shape.rings.push_back(ring_along(part.shell, scale));
            for (const CornerRing& hole : part.holes) shape.rings.push_back(ring_along(hole, scale));
        }
    }
    return shapes;
}

std::int64_t area_of(const DrawnShape& shape) {
    std::int64_t sum = 0;
    for (const DrawnRing& ring : shape.rings) sum += twice_area(ring);
    return sum;
}

std::int64_t area_of(const std::vector<DrawnShape>& shapes) {
    return std::accumulate(shapes.begin(), shapes.end(), std::int64_t{0},
                           [](std::int64_t sum, const DrawnShape& shape) { return sum + area_of(shape); });
}

std::vector<std::size_t> sorted(std::vector<std::size_t> numbers) {
    std::sort(numbers.begin(), numbers.end());
    return numbers;
}

double distance(DrawnPoint point, DrawnPoint a, DrawnPoint b) {
    double least = std::hypot(point.x - a.x, point.y - a.y);
    for (int i = 1; i <= 1000; ++i) {
        const double along = i / 1000.0;
        least = std::min(
            least, std::hypot(point.x - (a.x + along * (b.x - a.x)), point.y - (a.y + along * (b.y - a.y))));
    }
    return least;
}

double distance(DrawnPoint point, const DrawnShape& shape) {
    double least = 1e9;
    for (const DrawnRing& ring : shape.rings) {
        for (std::size_t i = 0; i < ring.size(); ++i)
            least = std::min(least, distance(point, ring[i], ring[(i + 1) % ring.size()]));
    }
    return least;
}

}  // namespace

TEST_CASE("Two neighbours have three arcs: one of each alone, and their common border once") {
    const SharedArcs arcs = cut_into_arcs(letters({"AABB",  //
                                                   "AABB"}));
    REQUIRE(arcs.arcs.size() == 3);
    CHECK(sorted(arcs.uses) == std::vector<std::size_t>{1, 1, 2});
    const auto shared = std::find(arcs.uses.begin(), arcs.uses.end(), 2U) - arcs.uses.begin();
    CHECK(arcs.arcs[static_cast<std::size_t>(shared)] == std::vector<DrawnPoint>{{2, 0}, {2, 1}, {2, 2}});
}

TEST_CASE("An enclave and the hole that it fills are one arc") {
    const SharedArcs arcs = cut_into_arcs(letters({"AAAA",  //
                                                   "ABBA", "AAAA"}));
    CHECK(sorted(arcs.uses) == std::vector<std::size_t>{1, 2});
    const std::vector<DrawnShape> shapes = shapes_of(arcs);
    CHECK(area_of(shapes[1]) == 4);
    CHECK(area_of(shapes[0]) == 20);
}

TEST_CASE("Where three meet, borders end: the common point stays whatever is left out") {
    const std::vector<DrawnShape> drawn = letters({"AAABBB",  //
                                                   "AAABBB", "CCCCCC", "CCCCCC"});
    SharedArcs arcs = cut_into_arcs(drawn);
    CHECK(arcs.arcs.size() == 6);
    simplify(arcs, 1);
    for (const DrawnShape& shape : shapes_of(arcs)) {
        REQUIRE(shape.rings.size() == 1);
        CHECK(std::count(shape.rings[0].begin(), shape.rings[0].end(), DrawnPoint{3, 2}) == 1);
    }
    CHECK(area_of(shapes_of(arcs)[2]) == area_of(drawn[2]));
}

TEST_CASE("Cut into arcs and joined again, shapes are what they were but for where they begin") {
    const std::vector<DrawnShape> drawn = letters({".AAB.C",  //
                                                   "AA.BBC", "ADDBCC", "AAAAA."});
    const std::vector<DrawnShape> again = shapes_of(cut_into_arcs(drawn));
    REQUIRE(again.size() == drawn.size());
    for (std::size_t i = 0; i < drawn.size(); ++i) {
        REQUIRE(again[i].rings.size() == drawn[i].rings.size());
        for (std::size_t r = 0; r < drawn[i].rings.size(); ++r) {
            DrawnRing ring = again[i].rings[r];
            const auto start = std::find(ring.begin(), ring.end(), drawn[i].rings[r].front());
            REQUIRE(start != ring.end());
            std::rotate(ring.begin(), start, ring.end());
            CHECK(ring == drawn[i].rings[r]);
        }
    }
}

TEST_CASE("A commune of one cell keeps three points and half of its area under any tolerance") {
    SharedArcs arcs = cut_into_arcs(letters({"AAAAAAAA",  //
                                             "AAAABAAA", "AAAAAAAA", "CCCCCCCC", "CCCCCCCD"}));
    simplify(arcs, 1000);
    const std::vector<DrawnShape> shapes = shapes_of(arcs);
    for (const std::size_t small : {1U, 3U}) {
        REQUIRE(shapes[small].rings.size() == 1);
        CHECK(shapes[small].rings[0].size() >= 3);
        CHECK(area_of(shapes[small]) >= 1);
    }
}

TEST_CASE(
    "Simplified neighbours leave no gap and no overlap: together they are what their boundary encloses") {
    std::mt19937 random{7};
    for (int trial = 0; trial < 200; ++trial) {
        // Blocks of letters with ragged edges, islands and enclaves.
        constexpr int side = 14;
        std::vector<std::string> rows(side, std::string(side, '.'));
        for (int block = 0; block < 12; ++block) {
            const auto letter = static_cast<char>('A' + block % 6);
            const int row = static_cast<int>(random() % side);
            const int column = static_cast<int>(random() % side);
            for (int i = 0; i < 30; ++i) {
                const int r = row + static_cast<int>(random() % 5) - 2;
                const int c = column + static_cast<int>(random() % 5) - 2;
                if (r < 0 || c < 0 || r >= side || c >= side) continue;
                rows[static_cast<std::size_t>(r)][static_cast<std::size_t>(c)] = letter;
            }
        }
        std::string all;
        for (const std::string& row : rows) all += row;
        if (all.find_first_not_of('.') == std::string::npos) continue;
        const Drawing drawing{rows[0], rows[1], rows[2], rows[3],  rows[4],  rows[5],  rows[6],
                              rows[7], rows[8], rows[9], rows[10], rows[11], rows[12], rows[13]};
        const std::vector<DrawnShape> drawn = letters(drawing, 10);
        SharedArcs arcs = cut_into_arcs(drawn);
        CHECK(area_of(shapes_of(arcs)) == area_of(drawn));
        CHECK(area_of(boundary_of(arcs)) == area_of(drawn));
        const double tolerance = static_cast<double>(random() % 40);
        simplify(arcs, tolerance);
        const std::vector<DrawnShape> shapes = shapes_of(arcs);
        CHECK(area_of(boundary_of(arcs)) == area_of(shapes));
        for (std::size_t i = 0; i < shapes.size(); ++i) {
            INFO("trial " << trial << ", shape " << i << ", tolerance " << tolerance);
            REQUIRE(!shapes[i].rings.empty());
            CHECK(area_of(shapes[i]) > 0);
            for (const DrawnRing& ring : shapes[i].rings) CHECK(ring.size() >= 3);
        }
    }
}

TEST_CASE("No point that is left out lies farther from the border than the tolerance") {
    const std::vector<DrawnShape> drawn = letters({"AAAAABBBBB",  //
                                                   "AAAABBBBBB", "AAABBBBBBB", "AAAAAABBBB", "AAAAAAABBB"},
                                                  10);
    for (const double tolerance : {0.0, 3.0, 8.0, 15.0}) {
        SharedArcs arcs = cut_into_arcs(drawn);
        simplify(arcs, tolerance);
        const std::vector<DrawnShape> shapes = shapes_of(arcs);
        for (std::size_t i = 0; i < drawn.size(); ++i) {
            for (const DrawnPoint point : drawn[i].rings[0])
                CHECK(distance(point, shapes[i]) <= tolerance + 0.06);
        }
    }
}

TEST_CASE("Islets go, an island that is all of its commune stays") {
    SharedArcs arcs = cut_into_arcs(letters({"AAAA..",  //
                                             "AAAA.A", "AAAA..", ".....B"}));
    simplify(arcs, 1.5);
    const std::vector<DrawnShape> shapes = shapes_of(arcs);
    CHECK(shapes[0].rings.size() == 1);
    REQUIRE(shapes[1].rings.size() == 1);
    CHECK(shapes[1].rings[0].size() >= 3);
}

TEST_CASE("A shape too small for whole units is drawn as the smallest triangle") {
    const std::vector<DrawnShape> point{{{{{5, 7}, {5, 7}, {5, 7}}}}, {{{{1, 1}, {4, 1}, {2, 1}}}}};
    const std::vector<DrawnShape> shapes = shapes_of(cut_into_arcs(point));
    CHECK(area_of(shapes[0]) == 1);
    CHECK(area_of(shapes[1]) == 1);
}

}  // namespace phusong::test
