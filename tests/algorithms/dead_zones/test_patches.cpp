#include "algorithms/dead_zones/patches.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdint>
#include <functional>
#include <map>
#include <numeric>
#include <queue>
#include <random>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "algorithms/dead_zones/tile_patches.hpp"
#include "algorithms/ledger/tally_tile.hpp"
#include "algorithms/zones/lattice_shape.hpp"
#include "algorithms/zones/zone_index.hpp"
#include "tests/support/drawing.hpp"
#include "tests/support/merge_laws.hpp"

namespace phusong::test {
namespace {

/// Everything that patches are made from. Rows of the grid differ in area.
struct Scene {
    GridSpec grid;
    std::vector<Persons> people;
    std::vector<ServiceState> states;
    std::function<TileCover(Window)> cover;
    CellAreas areas;

    [[nodiscard]] CellNumber number(Cell cell) const {
        return CellNumber{cell.row} * grid.columns + cell.column;
    }
};

GridSpec degrees(std::int32_t rows, std::int32_t columns) {
    return {105, 20, 0.125, 0.125, rows, columns};
}

/// '1' to '9' that many people without service, '.' nobody and no service, '#' five people with service,
/// '?' five people and nothing known, '~' five people without service outside the one commune.
Scene scene_of(const Drawing& drawing) {
    const GridSpec grid = degrees(drawing.rows(), drawing.columns());
    const auto commune = [drawing](Window window) {
        TileCover cover{window, {}, {{0, Share::whole()}}};
        for (std::int32_t row = window.row; row < window.row_end(); ++row) {
            for (std::int32_t column = window.column; column < window.column_end(); ++column) {
                if (drawing.at({row, column}) != '~') cover.segments.push_back({row, column, 1, 0, 1});
            }
        }
        return cover;
    };
    return {grid,
            drawing.map<Persons>([](char c) {
                if (c == '.') return Persons{};
                return Persons::round(c >= '1' && c <= '9' ? c - '0' : 5);
            }),
            drawing.map<ServiceState>([](char c) {
                return ServiceState{}.with(0, c == '#'   ? Service::served
                                              : c == '?' ? Service::unknown
                                                         : Service::unserved);
            }),
            commune,
            {grid, {}}};
}

template <typename Value>
std::vector<Value> cut_out(const std::vector<Value>& values, const GridSpec& grid, Window window) {
    std::vector<Value> part;
    for (std::int32_t row = window.row; row < window.row_end(); ++row) {
        for (std::int32_t column = window.column; column < window.column_end(); ++column) {
            part.push_back(values[grid.window().index_of({row, column})]);
        }
    }
    return part;
}

void tally(const Scene& scene, Window window, Ledger& ledger, std::vector<Booking>* bookings) {
    const TileCover cover = scene.cover(window);
    const std::vector<Persons> people = cut_out(scene.people, scene.grid, window);
    const std::vector<ServiceState> states = cut_out(scene.states, scene.grid, window);
    tally_tile({cover,
                TileView<const Persons>{window, people},
                TileView<const ServiceState>{window, states},
                scene.areas,
                {}},
               ledger, bookings);
}

TilePatches patches_of_tile(const Scene& scene, const PatchRule& rule, Window tile) {
    Ledger ledger;
    std::vector<Booking> bookings;
    tally(scene, tile, ledger, &bookings);
    return tile_patches(rule, bookings, tile, scene.areas, scene.grid.columns);
}

/// Patches with the tiles that they come from: what a program passes round.
struct Held {
    TileSet tiles;
    Patches patches;

    void merge(const Held& other) {
        patches.merge(other.patches, tiles, other.tiles);
        for (const auto& [first, end] : other.tiles.ranges()) REQUIRE(tiles.add(first, end));
    }
    friend bool operator==(const Held&, const Held&) = default;
};

enum class Order { row_major, reverse, shuffled, tree, tree_written_and_read };
constexpr Order every_order[] = {Order::row_major, Order::reverse, Order::shuffled, Order::tree,
                                 Order::tree_written_and_read};

/// One scene, one rule, one tiling.
struct Cut {
    Tiling tiling;
    bool corners_join;
    std::size_t most;
    std::vector<TilePatches> tiles;

    Cut(const Scene& scene, const PatchRule& rule, std::int32_t tile_rows, std::int32_t tile_columns,
        std::size_t most_kept = most_patches)
        : tiling{scene.grid.window(), tile_rows, tile_columns},
          corners_join{rule.corners_join},
          most{most_kept} {
        for (std::size_t tile = 0; tile < tiling.size(); ++tile) {
            tiles.push_back(patches_of_tile(scene, rule, tiling[tile]));
        }
    }

    [[nodiscard]] Held nothing() const { return {{}, Patches{tiling, corners_join, most}}; }
    [[nodiscard]] Held tile(std::size_t number) const {
        Held held{{}, Patches{tiling, corners_join, number, tiles[number], most}};
        held.tiles.add(number, number + 1);
        return held;
    }
    [[nodiscard]] Held written_and_read(const Held& held) const {
        return {held.tiles, Patches{tiling, corners_join, held.patches.canonical(), most}};
    }
    /// Halves, halves of halves and so on, merged upwards.
    [[nodiscard]] Held tree(const std::vector<std::size_t>& numbers, std::size_t first, std::size_t end,
                            bool written_and_read_between) const {
        if (end - first == 1) return tile(numbers[first]);
        const std::size_t middle = first + (end - first) / 2;
        Held held = tree(numbers, first, middle, written_and_read_between);
        held.merge(tree(numbers, middle, end, written_and_read_between));
        return written_and_read_between ? written_and_read(held) : held;
    }
    [[nodiscard]] Held merged(Order order, std::mt19937_64& random) const {
        std::vector<std::size_t> numbers(tiles.size());
        std::iota(numbers.begin(), numbers.end(), std::size_t{0});
        if (order == Order::reverse) std::reverse(numbers.begin(), numbers.end());
        if (order >= Order::shuffled) std::shuffle(numbers.begin(), numbers.end(), random);
        if (order >= Order::tree) {
            return tree(numbers, 0, numbers.size(), order == Order::tree_written_and_read);
        }
        Held all = nothing();
        for (const std::size_t number : numbers) all.merge(tile(number));
        return all;
    }
};

/// What the scene must give by definition: a flood over the whole grid, cell by cell, with the ledger of each
/// cell on its own.
struct Flooded {
    std::vector<Patch> zones;      ///< by key
    std::vector<CellNumber> zone;  ///< of every cell: key of the zone it belongs to, or none
    Ledger unserved;               ///< of all cells without service, without what lies outside
};

Flooded flood(const Scene& scene, const PatchRule& rule) {
    const Window all = scene.grid.window();
    Flooded flooded;
    std::vector<std::vector<Ledger::Row>> lines(all.cell_count());
    std::vector<char> open(all.cell_count(), 0);
    for (std::int32_t row = 0; row < all.rows; ++row) {
        for (std::int32_t column = 0; column < all.columns; ++column) {
            const std::size_t i = all.index_of({row, column});
            bool served_or_unknown = false;
            for (const std::size_t layer : rule.layers) {
                served_or_unknown |= scene.states[i].of(layer) != Service::unserved;
            }
            if (served_or_unknown) continue;
            Ledger here;
            tally(scene, {row, column, 1, 1}, here, nullptr);
            for (const Ledger::Row& line : here.rows()) {
                if (line.key.zone == outside_every_zone) continue;
                lines[i].push_back(line);
                flooded.unserved.add(line.key, line.amount);
                if (line.key.zone >= 0) open[i] = 1;
            }
        }
    }
    flooded.zone.assign(all.cell_count(), Patch::none);
    for (std::int32_t row = 0; row < all.rows; ++row) {
        for (std::int32_t column = 0; column < all.columns; ++column) {
            if (open[all.index_of({row, column})] == 0) continue;
            std::map<LedgerKey, LedgerAmount> parts;
            std::vector<Cell> belonging;
            std::queue<Cell> waiting;
            waiting.push({row, column});
            open[all.index_of({row, column})] = 0;
            while (!waiting.empty()) {
                const Cell cell = waiting.front();
                waiting.pop();
                const std::size_t i = all.index_of(cell);
                if (!rule.populated_only || scene.people[i] > Persons{}) {
                    belonging.push_back(cell);
                    for (const Ledger::Row& line : lines[i]) {
                        parts[line.key].people += line.amount.people;
                        parts[line.key].area += line.amount.area;
                    }
                }
                for (std::int32_t down = -1; down <= 1; ++down) {
                    for (std::int32_t right = -1; right <= 1; ++right) {
                        if (!rule.corners_join && down != 0 && right != 0) continue;
                        const Cell next{cell.row + down, cell.column + right};
                        if (!all.contains(next) || open[all.index_of(next)] == 0) continue;
                        open[all.index_of(next)] = 0;
                        waiting.push(next);
                    }
                }
            }
            if (belonging.empty()) continue;
            Patch zone;
            zone.key = scene.number({row, column});
            zone.first_cell = scene.number(*std::min_element(belonging.begin(), belonging.end()));
            zone.cells = static_cast<std::int64_t>(belonging.size());
            Cell low = belonging.front();
            Cell high = low;
            for (const Cell& cell : belonging) {
                zone.area += scene.areas.of_cell(cell.row, cell.column);
                low = {std::min(low.row, cell.row), std::min(low.column, cell.column)};
                high = {std::max(high.row, cell.row), std::max(high.column, cell.column)};
                flooded.zone[all.index_of(cell)] = zone.key;
            }
            zone.bounds = {low.row, low.column, high.row - low.row + 1, high.column - low.column + 1};
            for (const auto& [key, amount] : parts) zone.parts.push_back({key, amount});
            flooded.zones.push_back(std::move(zone));
        }
    }
    return flooded;
}

Persons people_of(const Patch& zone) {
    Persons sum;
    for (const Ledger::Row& line : zone.parts) {
        if (line.key.zone == counted_twice) {
            sum -= line.amount.people;
        } else {
            sum += line.amount.people;
        }
    }
    return sum;
}

/// The zones with most people, of equally many people those with the smaller keys, and the rest in one line.
std::pair<std::vector<Patch>, PatchRemainder> largest(std::vector<Patch> zones, std::size_t most) {
    std::sort(zones.begin(), zones.end(), [](const Patch& a, const Patch& b) {
        return people_of(a) != people_of(b) ? people_of(a) > people_of(b) : a.key < b.key;
    });
    PatchRemainder rest;
    for (std::size_t i = most; i < zones.size(); ++i) {
        ++rest.patches;
        rest.cells += zones[i].cells;
        rest.area += zones[i].area;
        for (const Ledger::Row& line : zones[i].parts) rest.parts.add(line.key, line.amount);
    }
    if (zones.size() > most) zones.resize(most);
    std::sort(zones.begin(), zones.end(), [](const Patch& a, const Patch& b) { return a.key < b.key; });
    return {zones, rest};
}

constexpr std::pair<std::int32_t, std::int32_t> tile_shapes[] = {{1, 1}, {2, 2}, {2, 3},  {5, 5},
                                                                 {7, 4}, {1, 9}, {64, 64}};

using Rows = std::vector<std::string>;

/// The cells that belong as letters, one letter a zone in the order of keys; '.' elsewhere.
Rows lettered(const Scene& scene, const Cut& cut, const Patches& all) {
    Rows rows(static_cast<std::size_t>(scene.grid.rows),
              std::string(static_cast<std::size_t>(scene.grid.columns), '.'));
    const std::vector<Patch> zones = all.canonical().complete;
    for (const TilePatches& tile : cut.tiles) {
        for (const PatchRun& run : tile.runs) {
            const CellNumber key = all.joined(tile.patches[run.patch].key);
            const auto zone = std::find_if(zones.begin(), zones.end(),
                                           [key](const Patch& patch) { return patch.key == key; });
            const char letter = zone == zones.end() ? '!' : static_cast<char>('a' + (zone - zones.begin()));
            for (std::int32_t column = run.first; column < run.end; ++column) {
                char& place = rows[static_cast<std::size_t>(run.row)][static_cast<std::size_t>(column)];
                place = place == '.' ? letter : '!';
            }
        }
    }
    return rows;
}

PatchRule rule_of(bool corners_join, bool populated_only = true) {
    return {{0}, corners_join, populated_only};
}

/// Whatever the tiles and the order of merging, these are the zones.
void check_zones(const Drawing& drawing, const PatchRule& rule, const Rows& expected) {
    const Scene scene = scene_of(drawing);
    std::mt19937_64 random{7};
    for (const auto& [rows, columns] : tile_shapes) {
        const Cut cut{scene, rule, rows, columns};
        for (const Order order : every_order) {
            CAPTURE(rows, columns, static_cast<int>(order));
            const Held all = cut.merged(order, random);
            CHECK(all.patches.open() == 0);
            CHECK(lettered(scene, cut, all.patches) == expected);
        }
    }
}

/// The only zone of a drawing, from one tile.
Patch only_zone(const Scene& scene, const PatchRule& rule) {
    const Held all = Cut{scene, rule, scene.grid.rows, scene.grid.columns}.tile(0);
    REQUIRE(all.patches.complete().size() == 1);
    return all.patches.complete().front();
}

}  // namespace

TEST_CASE("A checkerboard is one zone over corners and a zone a cell over edges") {
    const Drawing board{"1#1#",  //
                        "#1#1",  //
                        "1#1#"};
    check_zones(board, rule_of(true),
                {"a.a.",  //
                 ".a.a",  //
                 "a.a."});
    check_zones(board, rule_of(false),
                {"a.b.",  //
                 ".c.d",  //
                 "e.f."});
}

TEST_CASE("A spiral is one zone, and cells inside its turns are another") {
    const Drawing spiral{"1111111",  //
                         "######1",  //
                         "11111#1",  //
                         "1###1#1",  //
                         "1#1#1#1",  //
                         "1#####1",  //
                         "1111111"};
    const Rows over_corners{"aaaaaaa",  //
                            "......a",  //
                            "aaaaa.a",  //
                            "a...a.a",  //
                            "a.b.a.a",  //
                            "a.....a",  //
                            "aaaaaaa"};
    check_zones(spiral, rule_of(true), over_corners);
    check_zones(spiral, rule_of(false), over_corners);
}

TEST_CASE("A ring in a ring in a ring are three zones, found out at the last tile") {
    const Drawing rings{"111111111",  //
                        "1#######1",  //
                        "1#11111#1",  //
                        "1#1###1#1",  //
                        "1#1#1#1#1",  //
                        "1#1###1#1",  //
                        "1#11111#1",  //
                        "1#######1",  //
                        "111111111"};
    const Rows expected{"aaaaaaaaa",  //
                        "a.......a",  //
                        "a.bbbbb.a",  //
                        "a.b...b.a",  //
                        "a.b.c.b.a",  //
                        "a.b...b.a",  //
                        "a.bbbbb.a",  //
                        "a.......a",  //
                        "aaaaaaaaa"};
    check_zones(rings, rule_of(true), expected);
    check_zones(rings, rule_of(false), expected);
}

TEST_CASE("A comb whose teeth meet in the last row is one zone over every border of tiles") {
    check_zones({"1#1#1#1#1#1",  //
                 "1#1#1#1#1#1",  //
                 "1#1#1#1#1#1",  //
                 "1#1#1#1#1#1",  //
                 "1#1#1#1#1#1",  //
                 "11111111111"},
                rule_of(false),
                {"a.a.a.a.a.a",  //
                 "a.a.a.a.a.a",  //
                 "a.a.a.a.a.a",  //
                 "a.a.a.a.a.a",  //
                 "a.a.a.a.a.a",  //
                 "aaaaaaaaaaa"});
}

TEST_CASE("A stair goes on through corners only, both ways") {
    check_zones({"1#####",  //
                 "#1####",  //
                 "##1###",  //
                 "###1#1",  //
                 "####1#",  //
                 "###1#1"},
                rule_of(true),
                {"a.....",  //
                 ".a....",  //
                 "..a...",  //
                 "...a.a",  //
                 "....a.",  //
                 "...a.a"});
}

TEST_CASE("Without any service the raster is one zone, with service everywhere it has none") {
    const Drawing dark{"12345",  //
                       "54321",  //
                       "11111"};
    check_zones(dark, rule_of(false), {"aaaaa", "aaaaa", "aaaaa"});
    check_zones({"#####", "#####"}, rule_of(true), {".....", "....."});
    check_zones({"?????", "?????"}, rule_of(true), {".....", "....."});
    check_zones({"~~~~~", "~~~~~"}, rule_of(true), {".....", "....."});
}

TEST_CASE("Two hollows that touch where four tiles meet are one zone only if corners join") {
    const Drawing falling{"11##",  //
                          "11##",  //
                          "##11",  //
                          "##11"};
    check_zones(falling, rule_of(true), {"aa..", "aa..", "..aa", "..aa"});
    check_zones(falling, rule_of(false), {"aa..", "aa..", "..bb", "..bb"});
    const Drawing rising{"##11",  //
                         "##11",  //
                         "11##",  //
                         "11##"};
    check_zones(rising, rule_of(true), {"..aa", "..aa", "aa..", "aa.."});
    check_zones(rising, rule_of(false), {"..aa", "..aa", "bb..", "bb.."});
}

TEST_CASE("Homes are joined across unserved land without people, which does not belong") {
    const Drawing homes{".1..2.#",  //
                        "....#.#",  //
                        "##3##4#"};
    check_zones(homes, rule_of(false),
                {".a..a..",  //
                 ".......",  //
                 "..a..a."});
    const Scene scene = scene_of(homes);
    const Patch zone = only_zone(scene, rule_of(false));
    CHECK(zone.key == 0);
    CHECK(zone.first_cell == 1);
    CHECK(zone.cells == 4);
    CHECK(zone.bounds == Window{0, 1, 3, 5});
    CHECK(zone.people() == Persons::round(1 + 2 + 3 + 4));
    CHECK(zone.area == scene.areas.of_cell(0, 0) * 2 + scene.areas.of_cell(2, 0) + scene.areas.of_cell(2, 0));

    check_zones(homes, rule_of(false, false),
                {"aaaaaa.",  //
                 "aaaa.a.",  //
                 "..a..a."});
    const Patch land = only_zone(scene, rule_of(false, false));
    CHECK(land.first_cell == 0);
    CHECK(land.cells == 13);
    CHECK(land.bounds == Window{0, 0, 3, 6});
    CHECK(land.people() == Persons::round(10));
}

TEST_CASE("Unserved land where nobody lives is a zone only if such land belongs") {
    const Drawing land{"..#1",  //
                       "..#1",  //
                       "##.#"};
    check_zones(land, rule_of(false), {"...a", "...a", "...."});
    check_zones(land, rule_of(true), {"...a", "...a", "...."});
    check_zones(land, rule_of(false, false), {"aa.b", "aa.b", "..c."});
    check_zones(land, rule_of(true, false), {"aa.a", "aa.a", "..a."});
}

TEST_CASE("Neither what lies outside the communes nor what is unknown joins two zones") {
    const Drawing drawing{"1~1?1",  //
                          "~1~?1",  //
                          "1~1?~",  //
                          "???~1"};
    check_zones(drawing, rule_of(true),
                {"a.a.b",  //
                 ".a..b",  //
                 "a.a..",  //
                 "....c"});
    check_zones(drawing, rule_of(false),
                {"a.b.c",  //
                 ".d..c",  //
                 "e.f..",  //
                 "....g"});
}

TEST_CASE("A home on a border counts in both communes and once in the zone") {
    const GridSpec grid = unit_grid(1, 4);
    EarthSurface plane;
    plane.geographic = false;
    const ZoneIndex communes{
        {on_lattice(rectangle(0, 0, 1.5, 1), grid), on_lattice(rectangle(1.5, 0, 2.5, 1), grid)}};
    const Scene scene{grid,
                      {Persons::round(4), Persons::round(8), Persons::round(2), Persons::round(9)},
                      std::vector<ServiceState>(4),
                      [communes](Window window) { return communes.cover(window); },
                      {grid, plane}};
    const Patch zone = only_zone(scene, rule_of(false));
    CHECK(zone.cells == 3);
    CHECK(zone.area.value() == 3);
    CHECK(zone.people() == Persons::round(4 + 8 + 1));
    const ServiceState dark;
    CHECK(zone.parts == std::vector<Ledger::Row>{{{0, dark}, {Persons::round(4 + 4), Area::round(1.5)}},
                                                 {{1, dark}, {Persons::round(4 + 1), Area::round(1)}}});
}

TEST_CASE("A home that two communes claim is counted in both and once in the zone") {
    const GridSpec grid = unit_grid(1, 3);
    EarthSurface plane;
    plane.geographic = false;
    const ZoneIndex communes{
        {on_lattice(rectangle(0, 0, 2, 1), grid), on_lattice(rectangle(1, 0, 3, 1), grid)}};
    const Scene scene{grid,
                      {Persons::round(1), Persons::round(2), Persons::round(4)},
                      std::vector<ServiceState>(3),
                      [communes](Window window) { return communes.cover(window); },
                      {grid, plane}};
    const Patch zone = only_zone(scene, rule_of(false));
    CHECK(zone.people() == Persons::round(1 + 2 + 4));
    CHECK(zone.cells == 3);
    CHECK(zone.area.value() == 3);
    const ServiceState dark;
    CHECK(zone.parts == std::vector<Ledger::Row>{{{counted_twice, dark}, {Persons::round(2), Area::round(1)}},
                                                 {{0, dark}, {Persons::round(1 + 2), Area::round(2)}},
                                                 {{1, dark}, {Persons::round(2 + 4), Area::round(2)}}});
}

TEST_CASE("Service by one of the asked layers is service, by a layer not asked it is none") {
    const auto state = [](Service first, Service second) {
        return ServiceState{}.with(0, first).with(1, second);
    };
    Scene scene = scene_of({"1111"});
    scene.states = {state(Service::unserved, Service::unserved), state(Service::unserved, Service::served),
                    state(Service::served, Service::unserved), state(Service::unserved, Service::unknown)};
    const auto letters = [&](std::vector<std::size_t> layers) {
        const Cut cut{scene, {std::move(layers), true, true}, 1, 4};
        return lettered(scene, cut, cut.tile(0).patches).front();
    };
    CHECK(letters({0}) == "aa.b");
    CHECK(letters({1}) == "a.b.");
    CHECK(letters({0, 1}) == "a...");
}

namespace {

/// Communes as triangles, a rectangle and sometimes the whole grid once more: gaps, shared cells, overlaps.
Scene random_scene(std::mt19937_64& random, std::int32_t most_side) {
    const auto below = [&](std::int32_t end) {
        return static_cast<std::int32_t>(random() % static_cast<std::uint64_t>(end));
    };
    const GridSpec grid = degrees(1 + below(most_side), 1 + below(most_side));
    std::uniform_real_distribution<double> place{-0.2, 1.2};
    const auto corner = [&] {
        return Point{grid.x_at(place(random) * grid.columns), grid.y_at(place(random) * grid.rows)};
    };
    std::vector<LatticeShape> shapes;
    for (std::int32_t i = below(4); i > 0; --i) {
        shapes.push_back(on_lattice(polygon({corner(), corner(), corner()}), grid));
    }
    const double border = grid.x_at(place(random) * grid.columns);
    const double south = grid.y_at(grid.rows);
    if (below(3) != 0) {
        shapes.push_back(on_lattice(rectangle(grid.x_at(-1), south, border, grid.origin_y), grid));
        shapes.push_back(
            on_lattice(rectangle(border, south, grid.x_at(2.0 * grid.columns), grid.origin_y), grid));
    }
    const std::int32_t dark_percent = 30 + 10 * below(7);
    const std::int32_t home_percent = 10 + 40 * below(3);
    std::vector<Persons> people;
    std::vector<ServiceState> states;
    for (std::size_t i = 0; i < grid.window().cell_count(); ++i) {
        const bool home = below(100) < home_percent;
        // A few single units: what is left of them on a border is nobody.
        people.push_back(Persons::of_units(!home ? 0 : below(4) == 0 ? 1 + below(3) : 1 + below(100000007)));
        ServiceState state;
        for (const std::size_t layer : {0U, 1U}) {
            if (below(100) < dark_percent) continue;
            state = state.with(layer, below(4) == 0 ? Service::unknown : Service::served);
        }
        states.push_back(state);
    }
    const ZoneIndex communes{std::move(shapes)};
    return {grid, people, states, [communes](Window window) { return communes.cover(window); }, {grid, {}}};
}

PatchRule random_rule(std::mt19937_64& random) {
    const std::vector<std::vector<std::size_t>> layers{{0}, {0, 1}, {1}};
    return {layers[random() % 3], random() % 2 == 0, random() % 2 == 0};
}

using Amounts = std::map<LedgerKey, LedgerAmount>;

Amounts amounts_of(const Patches::Canonical& all) {
    Amounts sums;
    for (const Patch& zone : all.complete) {
        for (const Ledger::Row& line : zone.parts) {
            sums[line.key].people += line.amount.people;
            sums[line.key].area += line.amount.area;
        }
    }
    for (const Ledger::Row& line : all.remainder.parts.rows()) {
        sums[line.key].people += line.amount.people;
        sums[line.key].area += line.amount.area;
    }
    return sums;
}

/// Every person without service is in one zone or in the remainder, and in their own commune.
void check_nobody_is_lost(const Patches::Canonical& all, const Ledger& unserved, bool populated_only) {
    Amounts found = amounts_of(all);
    for (const Ledger::Row& line : unserved.rows()) {
        const LedgerAmount& here = found[line.key];
        CHECK(here.people == line.amount.people);
        if (!populated_only) CHECK(here.area == line.amount.area);
    }
    CHECK(found.size() == unserved.size());
}

/// The runs of the tiles are the cells that belong, each once, in order.
void check_runs(const Scene& scene, const Cut& cut, const Patches& all, const Flooded& flooded) {
    std::vector<CellNumber> zone(scene.grid.window().cell_count(), Patch::none);
    bool in_order = true;
    bool once = true;
    for (const TilePatches& tile : cut.tiles) {
        const PatchRun* before = nullptr;
        for (const PatchRun& run : tile.runs) {
            in_order &= run.first < run.end;
            if (before != nullptr) {
                const bool apart = run.patch != before->patch || run.first > before->end;
                in_order &=
                    run.row > before->row || (run.row == before->row && run.first >= before->end && apart);
            }
            before = &run;
            for (std::int32_t column = run.first; column < run.end; ++column) {
                CellNumber& place = zone[scene.grid.window().index_of({run.row, column})];
                once &= place == Patch::none;
                place = all.joined(tile.patches[run.patch].key);
            }
        }
    }
    CHECK(in_order);
    CHECK(once);
    CHECK(zone == flooded.zone);
}

}  // namespace

TEST_CASE("Any tiling in any order of merging finds the zones that a flood over the whole grid finds") {
    std::mt19937_64 random{11};
    for (int round = 0; round < 200; ++round) {
        const Scene scene = random_scene(random, 24);
        const PatchRule rule = random_rule(random);
        const Flooded flooded = flood(scene, rule);
        for (const auto& [rows, columns] : tile_shapes) {
            CAPTURE(round, rows, columns, rule.corners_join, rule.populated_only);
            const Cut cut{scene, rule, rows, columns};
            const Held all = cut.merged(every_order[random() % std::size(every_order)], random);
            const Patches::Canonical found = all.patches.canonical();
            CHECK(found.complete == flooded.zones);
            CHECK(found.remainder == PatchRemainder{});
            CHECK(found.open.empty());
            CHECK(found.borders.empty());
            check_nobody_is_lost(found, flooded.unserved, rule.populated_only);
            check_runs(scene, cut, all.patches, flooded);
        }
    }
}

TEST_CASE("One tiling merged in any order is the same to the last join") {
    std::mt19937_64 random{12};
    for (int round = 0; round < 30; ++round) {
        const Scene scene = random_scene(random, 14);
        const PatchRule rule = random_rule(random);
        const auto& [rows, columns] = tile_shapes[random() % std::size(tile_shapes)];
        const Cut cut{scene, rule, rows, columns};
        const Held expected = cut.merged(Order::row_major, random);
        for (const Order order : every_order) {
            CAPTURE(round, rows, columns, static_cast<int>(order));
            CHECK(cut.merged(order, random) == expected);
        }
    }
}

TEST_CASE("The three zones with most people are kept whatever the tiles, of equal ones the first") {
    const Drawing drawing{"1#3#2#3",  //
                          "#######",  //
                          "3#2#.#1",  //
                          "#######",  //
                          "2#1#3#3"};
    const Scene scene = scene_of(drawing);
    std::mt19937_64 random{13};
    for (const auto& [rows, columns] : tile_shapes) {
        const Cut cut{scene, rule_of(true), rows, columns, 3};
        for (const Order order : every_order) {
            CAPTURE(rows, columns, static_cast<int>(order));
            const Held all = cut.merged(order, random);
            CHECK(lettered(scene, cut, all.patches) == Rows{"!.a.!.b",  //
                                                            ".......",  //
                                                            "c.!...!",  //
                                                            ".......",  //
                                                            "!.!.!.!"});
            const PatchRemainder& rest = all.patches.remainder();
            CHECK(rest.patches == 8);
            CHECK(rest.cells == 8);
            const ServiceState dark;
            REQUIRE(rest.parts.rows().size() == 1);
            CHECK(rest.parts.rows().front().key == LedgerKey{0, dark});
            CHECK(rest.parts.rows().front().amount.people == Persons::round(1 + 2 + 2 + 1 + 2 + 1 + 3 + 3));
            CHECK(rest.parts.rows().front().amount.area == rest.area);
        }
    }
}

TEST_CASE("Kept zones and the remainder are those of a list sorted by people, and nobody is lost") {
    std::mt19937_64 random{14};
    for (int round = 0; round < 100; ++round) {
        Scene scene = random_scene(random, 16);
        // Few numbers of people: many zones are equally large.
        if (round % 2 == 0) {
            for (Persons& people : scene.people) people = Persons::of_units(people.units() % 3 * 65536);
        }
        const PatchRule rule = random_rule(random);
        const Flooded flooded = flood(scene, rule);
        for (const std::size_t most : {0U, 1U, 3U, 8U}) {
            const auto [kept, rest] = largest(flooded.zones, most);
            const auto& [rows, columns] = tile_shapes[random() % std::size(tile_shapes)];
            const Cut cut{scene, rule, rows, columns, most};
            const Held all = cut.merged(every_order[random() % std::size(every_order)], random);
            const Patches::Canonical found = all.patches.canonical();
            CAPTURE(round, most, rows, columns);
            CHECK(found.complete == kept);
            CHECK(found.remainder == rest);
            check_nobody_is_lost(found, flooded.unserved, rule.populated_only);
        }
    }
}

TEST_CASE("Merging sets of tiles is associative and commutative, and no tiles add nothing") {
    std::mt19937_64 random{15};
    for (int round = 0; round < 60; ++round) {
        const Scene scene = random_scene(random, 12);
        const PatchRule rule = random_rule(random);
        const Cut cut{scene, rule, 2, 3, std::size_t{1} << (random() % 6)};
        if (cut.tiles.size() < 3) continue;
        // The tiles are dealt out to three hands; some stay on the table.
        std::vector<Held> hands(3, cut.nothing());
        for (std::size_t tile = 0; tile < cut.tiles.size(); ++tile) {
            const std::size_t hand = tile < 3 ? tile : random() % 4;
            if (hand < 3) hands[hand].merge(cut.tile(tile));
        }
        check_merge_laws(cut.nothing(), hands[0], hands[1], hands[2]);
        for (const Held& hand : hands) CHECK(cut.written_and_read(hand) == hand);
    }
}

TEST_CASE("Half a raster keeps open what may go on in the other half, and no more") {
    const Drawing drawing{"1#1#",  //
                          "##11",  //
                          "11##",  //
                          "#1#1"};
    const Scene scene = scene_of(drawing);
    const Cut cut{scene, rule_of(false), 2, 4};
    Held north = cut.tile(0);
    CHECK(north.patches.open() == 1);
    CHECK(north.patches.complete().size() == 1);
    CHECK(north.patches.canonical().borders ==
          std::map<Patches::BorderKey, std::vector<BorderRun>>{{{0, Side::south}, {{2, 4, 2}}}});
    const Held south = cut.tile(1);
    CHECK(south.patches.open() == 1);
    CHECK(south.patches.complete().size() == 1);
    north.merge(south);
    CHECK(north.patches.open() == 0);
    CHECK(north.patches.complete().size() == 4);
}

TEST_CASE("Every piece knows the key of its zone") {
    const Scene scene = scene_of({"#1#1#",  //
                                  "#1#1#",  //
                                  "11111"});
    const Cut cut{scene, rule_of(false), 1, 1};
    std::mt19937_64 random{16};
    for (const Order order : every_order) {
        const Held all = cut.merged(order, random);
        for (const CellNumber piece : {1, 3, 6, 8, 10, 11, 12, 13, 14}) {
            CHECK(all.patches.joined(piece) == 1);
        }
        CHECK(all.patches.canonical().joins.size() == 8);
    }
}

TEST_CASE("A state that contradicts itself is not taken in") {
    const Scene scene = scene_of({"11",  //
                                  "11"});
    const Cut cut{scene, rule_of(true), 1, 2};
    const Patches::Canonical sound = cut.tile(0).patches.canonical();
    REQUIRE(sound.open.size() == 1);
    const auto taken_in = [&](const Patches::Canonical& state) {
        return Patches{cut.tiling, cut.corners_join, state}.open();
    };
    CHECK(taken_in(sound) == 1);

    Patches::Canonical unknown_patch = sound;
    unknown_patch.open.clear();
    CHECK_THROWS_AS(taken_in(unknown_patch), std::invalid_argument);

    Patches::Canonical never_to_end = sound;
    never_to_end.borders.clear();
    CHECK_THROWS_AS(taken_in(never_to_end), std::invalid_argument);

    Patches::Canonical twice = sound;
    twice.open.push_back(twice.open.front());
    CHECK_THROWS_AS(taken_in(twice), std::invalid_argument);

    Patches::Canonical joined_to_later = sound;
    joined_to_later.joins.emplace_back(0, 1);
    CHECK_THROWS_AS(taken_in(joined_to_later), std::invalid_argument);

    Patches::Canonical joined_and_open = sound;
    joined_and_open.open.front().key = 1;
    joined_and_open.borders.begin()->second.front().patch = 1;
    CHECK(taken_in(joined_and_open) == 1);
    joined_and_open.joins.emplace_back(1, 0);
    CHECK_THROWS_AS(taken_in(joined_and_open), std::invalid_argument);

    Patches::Canonical beyond_the_edge = sound;
    beyond_the_edge.borders.emplace(Patches::BorderKey{0, Side::north}, sound.borders.begin()->second);
    CHECK_THROWS_AS(taken_in(beyond_the_edge), std::invalid_argument);
}

}  // namespace phusong::test
