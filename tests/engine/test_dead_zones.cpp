#include <catch2/catch.hpp>
#include <cmath>

#include "engine/errors.hpp"
#include "engine/memory_scratch.hpp"
#include "engine/outline_codec.hpp"
#include "engine/outline_collector.hpp"
#include "engine/tile_record.hpp"
#include "tests/engine/study_on_paper.hpp"

namespace phusong::test {
namespace {

/// People and 4g of one drawing each; commune A is the western half, B the eastern.
struct Drawn {
    StudyOnPaper paper;
    MemoryScratch scratch;
    std::vector<std::uint32_t> ids;  ///< of the first definition, one a study cell
    std::vector<float> metres;       ///< of the first definition

    Drawn(const Drawing& people, const Drawing& signal) : paper{people} {
        const double rows = people.rows();
        const double middle = people.columns() / 2.0;
        paper.commune("A", rectangle(0, 0, middle, rows));
        paper.commune("B", rectangle(middle, 0, people.columns(), rows));
        paper.layer("4g", "", raster_of(signal, "4g"));
    }
    DeadZoneInput& definition() {
        if (!paper.study.dead_zones) paper.study.dead_zones = {{"no_4g", {"4g"}, 8, true, 0, 0}};
        return paper.study.dead_zones->front();
    }
    StudyResult run(std::int32_t tile_side = 512) {
        const Plan plan = paper.plan(tile_side);
        const Window grid = plan.study_grid.window();
        ids.assign(grid.cell_count(), 999);
        metres.clear();
        RunOptions options;
        options.scratch = &scratch;
        options.labels = [&](std::size_t which, Window window, std::span<const std::uint32_t> values) {
            if (which != 0) return;
            for (std::size_t i = 0; i < values.size(); ++i) {
                const auto columns = static_cast<std::size_t>(window.columns);
                ids[grid.index_of({window.row + static_cast<std::int32_t>(i / columns),
                                   window.column + static_cast<std::int32_t>(i % columns)})] = values[i];
            }
        };
        options.distances = [&](std::size_t which, std::int32_t, std::span<const float> values) {
            if (which == 0) metres.insert(metres.end(), values.begin(), values.end());
        };
        return phusong::run(plan, paper.sources, options);
    }
    [[nodiscard]] Outline outline(const DeadZone& zone) const {
        return decode_outline(scratch.get(zone.outline.value()));
    }
};

Persons heads(int count) {
    return Persons::round(count);
}

}  // namespace

TEST_CASE("Hamlets in one hollow are one zone, and every number of it can be counted on the drawing") {
    Drawn drawn{{"100200",  //
                 "000000",  //
                 "050003"},
                {"......",  //
                 "...###",  //
                 "#....."}};
    for (const std::int32_t side : {512, 2, 1}) {
        const StudyResult result = drawn.run(side);
        REQUIRE(result.dead_zones.size() == 1);
        const DeadZones& dead = result.dead_zones.front();
        REQUIRE(dead.zones.size() == 1);
        const DeadZone& zone = dead.zones.front();
        CHECK(zone.id == 1);
        CHECK(zone.rank == 1);
        CHECK(zone.people == heads(11));
        CHECK(zone.cells == 4);
        CHECK(square_kilometres(zone.area) == 4e-6);
        CHECK(zone.bounds == Window{0, 0, 3, 6});
        REQUIRE(zone.communes.size() == 2);
        CHECK(zone.communes[0].people == heads(6));
        CHECK(zone.communes[1].people == heads(5));
        CHECK(zone.missing == std::vector<std::size_t>{0});
        CHECK(zone.possible_people == Persons{});
        CHECK(zone.point == Cell{2, 1});  // all lie on an edge: where most people are
        REQUIRE(zone.farthest);
        CHECK(zone.farthest->from == Cell{0, 0});
        CHECK(zone.farthest->served == Cell{2, 0});
        CHECK(zone.farthest->metres == 2);
        CHECK(zone.mean_metres.value() == Approx((1 * 2 + 2 * 1 + 5 * 1 + 3 * 1) / 11.0));
        CHECK(zone.kind == SettlementKind::not_known);
        CHECK_FALSE(zone.site);

        const Outline outline = drawn.outline(zone);
        REQUIRE(outline.size() == 4);
        CHECK(outline[1].shell == CornerRing{{0, 3}, {1, 3}, {1, 4}, {0, 4}});
        CHECK(drawn.ids == std::vector<std::uint32_t>{1, 0, 0, 1, 0, 0,  //
                                                      0, 0, 0, 0, 0, 0,  //
                                                      0, 1, 0, 0, 0, 1});
        CHECK(drawn.metres[0] == 2);
        CHECK(drawn.metres[9] == 0);
        CHECK(drawn.metres[7] == Approx(std::sqrt(2.0)));
        CHECK(dead.unserved == heads(11));
        CHECK(dead.remainder == DeadZoneRemainder{});
        for (const CommuneDeadZones& commune : dead.communes) {
            CHECK(commune.zones == 1);
            CHECK(commune.largest == 1);
            CHECK(commune.people == commune.largest_people);
        }
    }
}

TEST_CASE("Where empty land counts, the hollow is one piece of land") {
    Drawn drawn{{"100200",  //
                 "000000",  //
                 "050003"},
                {"......",  //
                 "...###",  //
                 "#....."}};
    drawn.definition().populated_only = false;
    const StudyResult result = drawn.run(2);
    REQUIRE(result.dead_zones.front().zones.size() == 1);
    const DeadZone& zone = result.dead_zones.front().zones.front();
    CHECK(zone.people == heads(11));
    CHECK(zone.cells == 14);
    CHECK(zone.point == Cell{1, 1});  // two cells from everything that is not of the zone, but at a corner
    const Outline outline = drawn.outline(zone);
    REQUIRE(outline.size() == 1);
    CHECK(outline[0].holes.empty());
    CHECK(outline[0].shell ==
          CornerRing{{0, 0}, {2, 0}, {2, 1}, {3, 1}, {3, 6}, {2, 6}, {2, 3}, {1, 3}, {1, 6}, {0, 6}});
}

TEST_CASE("Corners join hamlets or do not, as the study says") {
    Drawn drawn{{"10", "02"}, {".#", "#."}};
    drawn.definition().connectivity = 8;
    CHECK(drawn.run().dead_zones.front().zones.size() == 1);
    CHECK(drawn.ids == std::vector<std::uint32_t>{1, 0, 0, 1});
    drawn.definition().connectivity = 4;
    const StudyResult apart = drawn.run();
    REQUIRE(apart.dead_zones.front().zones.size() == 2);
    CHECK(apart.dead_zones.front().zones[0].id == 4);  // more people, first rank
    CHECK(apart.dead_zones.front().zones[1].id == 1);
    CHECK(drawn.ids == std::vector<std::uint32_t>{1, 0, 0, 4});
}

TEST_CASE("Unknown cells are no dead zone, their people are possible people of every zone they touch") {
    Drawn drawn{{"12340",  //
                 "00000",  //
                 "00506"},
                {".??.#",  //
                 "#####",  //
                 "##.#?"}};
    const StudyResult result = drawn.run(1);
    const DeadZones& dead = result.dead_zones.front();
    REQUIRE(dead.zones.size() == 3);
    CHECK(dead.zones[0].people == heads(5));
    CHECK(dead.zones[0].possible_people == Persons{});
    CHECK(dead.zones[1].people == heads(4));
    CHECK(dead.zones[1].possible_people == heads(3));
    CHECK(dead.zones[2].people == heads(1));
    CHECK(dead.zones[2].possible_people == heads(2));
    CHECK(dead.unserved == heads(10));
}

TEST_CASE("An unknown cell that touches a zone twice is counted once, over a tile border and at corners") {
    Drawn drawn{{"111",  //
                 "171",  //
                 "111"},
                {"...",  //
                 ".?.",  //
                 "..."}};
    for (const std::int32_t side : {1, 2, 3}) {
        for (const std::int32_t connectivity : {4, 8}) {
            drawn.definition().connectivity = connectivity;
            const StudyResult result = drawn.run(side);
            REQUIRE(result.dead_zones.front().zones.size() == 1);
            CHECK(result.dead_zones.front().zones[0].possible_people == heads(7));
        }
    }
    Drawn corner{{"10", "02"}, {".#", "#?"}};
    corner.definition().connectivity = 4;
    CHECK(corner.run().dead_zones.front().zones[0].possible_people == Persons{});
    corner.definition().connectivity = 8;
    CHECK(corner.run().dead_zones.front().zones[0].possible_people == heads(2));
}

TEST_CASE("Zones below a minimum are summed up in the remainder") {
    Drawn drawn{{"1023"}, {".#.."}};
    drawn.definition().minimum_people = 2;
    const StudyResult by_people = drawn.run();
    REQUIRE(by_people.dead_zones.front().zones.size() == 1);
    CHECK(by_people.dead_zones.front().zones[0].people == heads(5));
    CHECK(by_people.dead_zones.front().remainder.people == heads(1));
    CHECK(by_people.dead_zones.front().remainder.zones == 1);
    CHECK(drawn.ids == std::vector<std::uint32_t>{0, 0, 3, 3});
    drawn.definition().minimum_people = 1;
    CHECK(drawn.run().dead_zones.front().zones.size() == 2);  // the minimum itself is enough
    drawn.definition().minimum_area_km2 = 1.5e-6;
    CHECK(drawn.run().dead_zones.front().zones.size() == 1);
}

TEST_CASE("A minimum is held against the official head count where the study rakes") {
    Drawn drawn{{"1000"}, {".#.."}};
    drawn.paper.study.population.adjust_to = "official";
    drawn.paper.sources.zones[0].official_people = 30;
    drawn.definition().minimum_people = 20;
    const StudyResult result = drawn.run();
    REQUIRE(result.dead_zones.front().zones.size() == 1);
    CHECK(result.dead_zones.front().zones[0].people == heads(30));
}

TEST_CASE("Without any served cell there is no distance, and the run says so") {
    Drawn drawn{{"12"}, {".."}};
    const StudyResult result = drawn.run();
    REQUIRE(result.dead_zones.front().zones.size() == 1);
    CHECK_FALSE(result.dead_zones.front().zones[0].farthest);
    CHECK_FALSE(result.dead_zones.front().zones[0].mean_metres);
    CHECK(std::isnan(drawn.metres[0]));
    REQUIRE_FALSE(result.problems.empty());
    CHECK(result.problems.back().what.find("no cell of the study has this service") != std::string::npos);
}

TEST_CASE("Everybody served: no zone, no remainder, labels all zero") {
    Drawn drawn{{"12"}, {"##"}};
    const StudyResult result = drawn.run();
    CHECK(result.dead_zones.front().zones.empty());
    CHECK(result.dead_zones.front().remainder == DeadZoneRemainder{});
    CHECK(result.dead_zones.front().unserved == Persons{});
    CHECK(drawn.ids == std::vector<std::uint32_t>{0, 0});
    CHECK(drawn.metres == std::vector<float>{0, 0});
}

TEST_CASE("Settlements type a zone: no signal at the centre, or an outlying cluster of one that has signal") {
    Drawn drawn{{"100010",  //
                 "000000"},
                {".####.",  //
                 "######"}};
    drawn.definition();
    drawn.paper.sources.settlements = PlacesSource{"villages",
                                                   {{"v1", "Bản Một", {0.5, 1.5}, false},
                                                    {"v2", "Bản Hai", {3.9, 1.5}, true},
                                                    {"v3", "Bản Ba", {100, 100}, std::nullopt}},
                                                   "",
                                                   false};
    drawn.paper.sources.sites =
        PlacesSource{"masts", {{"far", "", {0, -5}, {}}, {"near", "", {3, 0}, {}}}, "", false};
    // (0, 4) has people and is served; the eastern zone is the last cell of the first row.
    Drawn east = {Drawing{"100001",  //
                          "000000"},
                  Drawing{".####.",  //
                          "######"}};
    east.paper.sources.settlements = drawn.paper.sources.settlements;
    east.paper.sources.sites = drawn.paper.sources.sites;
    for (const std::int32_t side : {1, 512}) {
        const StudyResult result = east.run(side);
        const DeadZones& dead = result.dead_zones.front();
        REQUIRE(dead.zones.size() == 2);
        const DeadZone& west = dead.zones[0];
        CHECK(west.settlements == std::vector<std::size_t>{0});
        CHECK(west.without_grid_power == 1);
        CHECK(west.kind == SettlementKind::no_signal);
        REQUIRE(west.site);
        CHECK(west.site->place == 1);
        CHECK(west.site->metres == Approx(std::hypot(2.5, 1.5)));
        CHECK(dead.zones[1].settlements.empty());
        CHECK(dead.zones[1].kind == SettlementKind::outlying);
    }
}

TEST_CASE("A zone without a settlement follows the nearest one, also when that one's own cell holds nobody") {
    Drawn drawn{{"1000"}, {"...#"}};
    drawn.paper.sources.settlements = PlacesSource{"villages", {{"v", "", {2.5, 0.5}, {}}}, "", false};
    const StudyResult result = drawn.run();
    REQUIRE(result.dead_zones.front().zones.size() == 1);
    CHECK(result.dead_zones.front().zones[0].settlements.empty());
    CHECK(result.dead_zones.front().zones[0].kind == SettlementKind::no_signal);
}

TEST_CASE("Several definitions are answered by one pass, each with its own zones") {
    Drawn drawn{{"1234"}, {".##."}};
    drawn.paper.layer("5g", "", raster_of(Drawing{"..##"}, "5g"));
    drawn.paper.study.dead_zones = {{"no_mobile", {"4g", "5g"}, 8, true, 0, 0},
                                    {"no_4g", {"4g"}, 8, true, 0, 0},
                                    {"no_5g", {"5g"}, 8, true, 0, 0}};
    const StudyResult result = drawn.run(1);
    REQUIRE(result.dead_zones.size() == 3);
    CHECK(result.dead_zones[0].unserved == heads(1));
    CHECK(result.dead_zones[1].unserved == heads(5));
    CHECK(result.dead_zones[2].unserved == heads(3));
    CHECK(result.dead_zones[1].zones.size() == 2);
    CHECK(result.dead_zones[0].zones[0].missing == std::vector<std::size_t>{0, 1});
    CHECK(result.dead_zones[1].zones[0].missing == std::vector<std::size_t>{0});  // the four have 5g
    CHECK(result.dead_zones[2].zones[0].missing == std::vector<std::size_t>{1});
}

TEST_CASE("Nobody asked for dead zones: none are looked for") {
    Drawn drawn{{"12"}, {".."}};
    drawn.paper.study.dead_zones.emplace();
    CHECK(drawn.run().dead_zones.empty());
}

TEST_CASE("Without a word in the study, a dead zone is where neither 4g nor 5g is") {
    Drawn drawn{{"12"}, {".."}};
    drawn.paper.layer("fibre", "", raster_of(Drawing{"##"}, "fibre"));
    drawn.paper.layer("5g", "", raster_of(Drawing{".#"}, "5g"));
    const Plan plan = drawn.paper.plan();
    REQUIRE(plan.dead_zones.size() == 1);
    CHECK(plan.dead_zones[0].input.name == "no_mobile");
    CHECK(plan.dead_zones[0].input.technologies == std::vector<std::string>{"4g", "5g"});
    drawn.paper.study.dead_zones = {{"x", {"6g"}, 8, true, 0, 0}};
    CHECK_THROWS_AS(drawn.paper.plan(), InputError);
}

TEST_CASE("A zone of too many ragged cells is not drawn, the others are") {
    std::vector<DeadZone> zones(2);
    zones[0].bounds = {0, 0, 3, 9};
    zones[1].bounds = {0, 10, 2, 1};
    MemoryScratch scratch;
    OutlineCollector collector{zones, scratch, 5};
    for (std::int32_t row = 0; row < 3; ++row) {
        for (std::int32_t column = 0; column < 9; column += 4) collector.add(1, {row, column, column + 1});
        if (row < 2) collector.add(2, {row, 10, 11});
        collector.end_row(row);
    }
    CHECK(collector.given_up() == 1);
    CHECK_FALSE(zones[0].outline);
    REQUIRE(zones[1].outline);
    CHECK(decode_outline(scratch.get(*zones[1].outline)) ==
          Outline{{CornerRing{{0, 10}, {2, 10}, {2, 11}, {0, 11}}, {}}});
}

TEST_CASE("A tile record comes back from its bytes, and damaged bytes are noticed or harmless") {
    TileRecord record;
    record.study_window = {8, 4, 4, 6};
    record.refine = 2;
    record.states = {{8, 4, 10, ServiceState::of_bits(5)},
                     {9, 4, 7, {}},
                     {9, 7, 10, ServiceState::of_bits(~std::uint64_t{0})}};
    record.owners = {{8, 4, 6, 3}, {11, 5, 10, 0}};
    record.population = {Persons::round(1e10), {}, {}, {}, {}, Persons::round(0.1)};
    record.cut = {{{8, 4}, Persons::of_units(-1)}, {{11, 9}, heads(3)}};
    record.labels = {{{36, 1000000000000}, {{8, 4, 6, 0}, {9, 9, 10, 1}}}, {}};
    const std::vector<std::uint8_t> bytes = encode(record);
    CHECK(decode_tile_record(bytes, record.study_window, 2) == record);
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        CHECK_THROWS_AS(decode_tile_record(std::span{bytes}.first(size), record.study_window, 2),
                        StorageError);
    }
}

TEST_CASE("A record is of its tile, and none of its cells lies elsewhere") {
    TileRecord whole;
    whole.study_window = {8, 4, 4, 6};
    whole.refine = 2;
    whole.states = {{8, 4, 10, {}}, {9, 4, 7, {}}, {9, 7, 10, {}}};
    whole.population.resize(6);
    const Window tile = whole.study_window;
    const auto refused = [&](const TileRecord& record) {
        CHECK_THROWS_AS(decode_tile_record(encode(record), tile, 2), StorageError);
    };
    CHECK(decode_tile_record(encode(whole), tile, 2) == whole);
    CHECK_THROWS_AS(decode_tile_record(encode(whole), {8, 10, 4, 6}, 2), StorageError);
    CHECK_THROWS_AS(decode_tile_record(encode(whole), tile, 1), StorageError);

    TileRecord vast = whole;  // eight bytes say so, and gigabytes were asked for
    vast.study_window = {0, 0, 1 << 20, 1 << 20};
    refused(vast);

    for (const TileRecord::StateRun& elsewhere : {TileRecord::StateRun{12, 4, 5, {}},
                                                  {11, 3, 5, {}},
                                                  {11, 9, 11, {}},
                                                  {9, 6, 7, {}},
                                                  {8, 4, 5, {}},
                                                  {11, 8, 8, {}}}) {
        TileRecord other = whole;
        other.states.push_back(elsewhere);
        refused(other);
    }
    TileRecord cut = whole;
    cut.cut = {{{7, 4}, {}}};
    refused(cut);
    TileRecord owned = whole;
    owned.owners = {{8, 4, 11, 0}};
    refused(owned);
    TileRecord fewer = whole;
    fewer.population.resize(5);
    refused(fewer);
}

}  // namespace phusong::test
