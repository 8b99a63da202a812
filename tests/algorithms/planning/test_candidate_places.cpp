#include "algorithms/planning/candidate_places.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "algorithms/grid/earth_distance.hpp"
#include "tests/support/drawing.hpp"

namespace phusong::test {
namespace {

const EarthSurface plane = [] {
    EarthSurface surface;
    surface.geographic = false;
    return surface;
}();

DemandMap demand_of(const Drawing& people) {
    return {unit_grid(people.rows(), people.columns()), people.map<double>(drawn_value)};
}

/// The places as a drawing: '1' is the first.
std::vector<std::string> drawn(const DemandMap& demand, const std::vector<Point>& places) {
    std::vector<std::string> rows(static_cast<std::size_t>(demand.grid.rows),
                                  std::string(static_cast<std::size_t>(demand.grid.columns), '.'));
    char name = '1';
    for (const Point& place : places) {
        const auto row = static_cast<std::size_t>(demand.grid.row_at(place.y));
        rows[row][static_cast<std::size_t>(demand.grid.column_at(place.x))] = name++;
    }
    return rows;
}

std::vector<std::string> found(const Drawing& people, double radius, std::size_t most = 9) {
    const DemandMap demand = demand_of(people);
    return drawn(demand, candidate_places(demand, plane, radius, most));
}

}  // namespace

TEST_CASE("Lonely hamlets get a site in their middle, the largest first") {
    CHECK(found({"...........",  //
                 ".5.......9.",  //
                 "..........."},
                2.4) == std::vector<std::string>{"...........",  //
                                                 ".2.......1.",  //
                                                 "..........."});
}

TEST_CASE("A site stands where it reaches most, not where most live in one cell") {
    // Within one cell of the fourth column live 4 + 5 + 4, within one of any other fewer.
    CHECK(found({"6..454.."}, 1.0) == std::vector<std::string>{"2...1..."});
}

TEST_CASE("Whoever is left between two sites gets one of his own") {
    // The maxima reach 9 + 1 and 8 + 1 people; the 2 in the middle live beyond both.
    CHECK(found({"91..2..18"}, 1.0) == std::vector<std::string>{"1...3...2"});
}

TEST_CASE("No more places than asked for, and none for nobody") {
    CHECK(found({"9....5....7"}, 1.0, 2) == std::vector<std::string>{"1.........2"});
    CHECK(found({"....."}, 1.0) == std::vector<std::string>{"....."});
    CHECK(found({"9...."}, 1.0, 0) == std::vector<std::string>{"....."});
}

TEST_CASE("No place adds fewer people than it has to") {
    const DemandMap demand = demand_of({"9....3....1"});
    CHECK(candidate_places(demand, plane, 1.0, 9, 3).size() == 2);
    CHECK(candidate_places(demand, plane, 1.0, 9, 4).size() == 1);
}

TEST_CASE("Everybody is within reach of a place when there may be enough of them") {
    const Drawing people{"1203040506", "0908070605", "1112131415", "9000000009", "0123456789"};
    const DemandMap demand = demand_of(people);
    for (const double radius : {0.5, 1.0, 1.5, 2.9}) {
        const std::vector<Point> places = candidate_places(demand, plane, radius, 1000);
        for (std::int32_t row = 0; row < people.rows(); ++row) {
            for (std::int32_t column = 0; column < people.columns(); ++column) {
                if (demand.people[demand.grid.window().index_of({row, column})] == 0) continue;
                const Point here = centre_of(demand.grid, {row, column});
                const bool reached = std::any_of(places.begin(), places.end(), [&](const Point& place) {
                    return std::hypot(place.x - here.x, place.y - here.y) <= radius;
                });
                CHECK(reached);
            }
        }
    }
}

TEST_CASE("Blocks are small against a footprint, and few enough") {
    const GridSpec cells = unit_grid(100, 100);
    CHECK(demand_block_side(cells, plane, 3) == 1);
    CHECK(demand_block_side(cells, plane, 8) == 2);
    CHECK(demand_block_side(unit_grid(20000, 20000), plane, 3) == 10);  // 4 million blocks
    const GridSpec blocks = demand_grid(unit_grid(10, 7), 4);
    CHECK(blocks.rows == 3);
    CHECK(blocks.columns == 2);
    CHECK(blocks.cell_width == 4);
    CHECK(centre_of(blocks, {0, 0}).y == 8);
}

}  // namespace phusong::test
