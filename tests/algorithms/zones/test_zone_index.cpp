#include "algorithms/zones/zone_index.hpp"

#include <catch2/catch.hpp>
#include <string>

#include "tests/support/drawing.hpp"

namespace phusong::test {
namespace {

/// Owners of one cell as text: "0:1.00 1:0.25"; "-" outside.
std::string owners(const TileCover& cover, Cell cell) {
    for (const CoverSegment& segment : cover.segments) {
        if (segment.row != cell.row || cell.column < segment.first_column ||
            cell.column >= segment.first_column + segment.columns) {
            continue;
        }
        std::string text;
        for (const Owner& owner : cover.owners_of(segment)) {
            char one[32];
            std::snprintf(one, sizeof one, "%s%d:%.2f", text.empty() ? "" : " ", owner.zone,
                          owner.share.value());
            text += one;
        }
        return text;
    }
    return "-";
}

ZoneIndex index_of(std::initializer_list<MultiPolygon> shapes, const GridSpec& grid) {
    std::vector<LatticeShape> placed;
    for (const MultiPolygon& shape : shapes) placed.push_back(on_lattice(shape, grid));
    return ZoneIndex{std::move(placed)};
}

}  // namespace

TEST_CASE("Neighbours share the cells on their border, the rest is whole or outside") {
    const TileCover cover =
        index_of({rectangle(0, 0, 1.25, 2), rectangle(1.25, 0, 3, 2)}, unit_grid(2, 4)).cover({0, 0, 2, 4});
    CHECK(owners(cover, {0, 0}) == "0:1.00");
    CHECK(owners(cover, {0, 1}) == "0:0.25 1:0.75");
    CHECK(owners(cover, {1, 2}) == "1:1.00");
    CHECK(owners(cover, {1, 3}) == "-");
}

TEST_CASE("Three communes that meet in a cell own it to the last unit") {
    const TileCover cover =
        index_of({polygon({{0, 0}, {1, 0}, {0.3, 0.4}, {0, 1}}), polygon({{1, 0}, {1, 1}, {0.3, 0.4}}),
                  polygon({{1, 1}, {0, 1}, {0.3, 0.4}})},
                 unit_grid(1, 1))
            .cover({0, 0, 1, 1});
    REQUIRE(cover.segments.size() == 1);
    std::int64_t units = 0;
    for (const Owner& owner : cover.owners_of(cover.segments[0])) units += owner.share.units();
    CHECK(units == Share::whole_units);
}

TEST_CASE("Overlapping communes each keep their own, nobody is cut") {
    const TileCover cover =
        index_of({rectangle(0, 0, 2, 1), rectangle(1, 0, 3, 1)}, unit_grid(1, 3)).cover({0, 0, 1, 3});
    CHECK(owners(cover, {0, 0}) == "0:1.00");
    CHECK(owners(cover, {0, 1}) == "0:1.00 1:1.00");
    CHECK(owners(cover, {0, 2}) == "1:1.00");
}

TEST_CASE("An enclave inside a run of whole cells interrupts it") {
    MultiPolygon around = rectangle(0, 0, 5, 1);
    around.parts[0].holes.push_back({{2.4, 0.4}, {2.6, 0.4}, {2.6, 0.6}, {2.4, 0.6}});
    const TileCover cover =
        index_of({around, rectangle(2.4, 0.4, 2.6, 0.6)}, unit_grid(1, 5)).cover({0, 0, 1, 5});
    CHECK(owners(cover, {0, 1}) == "0:1.00");
    CHECK(owners(cover, {0, 2}) == "0:0.96 1:0.04");
    CHECK(owners(cover, {0, 4}) == "0:1.00");
}

}  // namespace phusong::test
