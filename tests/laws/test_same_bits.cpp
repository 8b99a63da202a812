#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>
#include <random>

#include "engine/memory_scratch.hpp"
#include "engine/outline_codec.hpp"
#include "engine/partial_codec.hpp"
#include "tests/engine/study_on_paper.hpp"
#include "tests/support/merge_laws.hpp"

namespace phusong::test {
namespace {

/// A storm over it: one map of afterwards, damage as polygons and as a raster with a hole, sites of two
/// operators that stand, lie, or nobody knows.
void add_storm(StudyOnPaper& paper, std::mt19937_64& random) {
    constexpr std::int32_t side = 48;
    std::uniform_real_distribution<double> unit{0, 1};
    const auto raster = [&](auto value, GridSpec grid) {
        std::vector<double> values(grid.window().cell_count());
        for (double& v : values) v = value();
        return std::make_shared<MemoryRaster>(RasterDescription{"after", grid, "plane", 8, 8, false}, values);
    };
    EventInput event;
    event.name = "storm";
    event.scenarios = 100;
    EventSources sources;
    event.after.push_back(paper.study.coverage[0]);
    sources.after.push_back({"after",
                             raster([&] { return unit(random) < 0.6 ? 1.0 : 0.0; }, unit_grid(side, side)),
                             nullptr,
                             {},
                             {},
                             false});
    DamageInput flood;
    flood.cause = "flood";
    DamageInput wind;
    wind.cause = "wind";
    wind.redundancy = 2;
    wind.technologies = {"5g", "fibre"};
    event.damage = {flood, wind};
    DamageSource polygons;
    polygons.areas = {{polygon({{5, 5}, {30, 8}, {12, 25}}), 0.4, {"4g"}},
                      {rectangle(10, 10, 22.2, 40.4), 1, {"4g", "5g"}},
                      {rectangle(1000, 10, 1010, 20), 1, {}}};
    DamageSource severities;
    severities.raster =
        raster([&] { return unit(random) < 0.1   ? std::nan("")
                            : unit(random) < 0.5 ? 0
                                                 : unit(random); },
               {10, 40, 2, 2, 12, 15});
    sources.damage = {polygons, severities};
    event.sites = SiteTableInput{};
    SiteTable table;
    table.name = "sites";
    for (int i = 0; i < 50; ++i) {
        SiteRecord site;
        site.id = "s" + std::to_string(i);
        site.operator_name = i % 2 == 0 ? "A" : "B";
        site.technologies =
            i % 3 == 0 ? std::vector<std::string>{"4g"} : std::vector<std::string>{"4g", "5g"};
        site.position = {52 * unit(random) - 2, 52 * unit(random) - 2};
        site.radius_m = 3 + 6 * unit(random);
        if (i % 10 == 9)
            site.footprint = rectangle(site.position.x - 4, site.position.y - 3, site.position.x + 2.5,
                                       site.position.y + 4.1);
        if (i % 5 == 1) site.parents = {"s" + std::to_string(i - 1)};
        if (i % 4 == 0) site.status = Status::down;
        if (i % 4 == 1) site.status = Status::up;
        site.gust = Gust::of_metres_per_second(20 + 30 * unit(random));
        site.design_gust = Gust::of_metres_per_second(33);
        table.sites.push_back(site);
    }
    table.wind_known = true;
    sources.sites = table;
    paper.study.event = event;
    paper.sources.event = sources;
}

/// A study with everything in it: ragged communes, three operators, a map in another "CRS", polygons, shares,
/// a storm.
StudyOnPaper rich_study() {
    constexpr std::int32_t side = 48;
    std::mt19937_64 random{2025};
    std::uniform_real_distribution<double> unit{0, 1};
    StudyOnPaper paper{{"1"}};
    std::vector<double> people(side * side);
    for (double& value : people)
        value = unit(random) < 0.1 ? std::nan("") : 1000 * unit(random) * unit(random);
    paper.sources.population = std::make_shared<MemoryRaster>(
        RasterDescription{"people", unit_grid(side, side), "plane", 16, 16, false}, people);

    // Communes: strips with ragged borders that neighbours share; one overlaps its neighbours, one sticks
    // out.
    std::vector<Ring> borders;
    for (int i = 0; i <= 6; ++i) {
        Ring border;
        for (int j = 0; j <= 24; ++j)
            border.push_back({8.0 * i + (i % 6 == 0 ? 0 : 3 * (unit(random) - 0.5)), 2.0 * j});
        borders.push_back(border);
    }
    for (std::size_t i = 0; i < 6; ++i) {
        Ring ring{borders[i]};
        ring.insert(ring.end(), borders[i + 1].rbegin(), borders[i + 1].rend());
        paper.commune("0" + std::to_string(i), {{{ring, {}}}}, i < 3 ? "West" : "East");
    }
    paper.commune("90", polygon({{20.1, 20.2}, {31.7, 22.4}, {25.5, 33.3}}), "East");
    paper.commune("91", rectangle(40.5, -5, 60, 3.25), "East");

    const auto blobs = [&](double density, std::int32_t rows, std::int32_t columns, GridSpec grid,
                           bool shares) {
        std::vector<double> values(static_cast<std::size_t>(rows) * static_cast<std::size_t>(columns));
        for (double& value : values) {
            value = unit(random) < 0.03      ? std::nan("")
                    : shares                 ? unit(random)
                    : unit(random) < density ? 1
                                             : 0;
        }
        return std::make_shared<MemoryRaster>(RasterDescription{"layer", grid, "other", 8, 8, false}, values);
    };
    paper.layer("4g", "A", blobs(0.9, side, side, unit_grid(side, side), false));
    paper.layer("4g", "B", blobs(0.6, 40, 40, {-1.5, 50.5, 1.3, 1.3, 40, 40}, false));
    paper.layer("5g", "A", blobs(0.3, 30, 30, {0, 0, 20, 20, 30, 30}, false));
    paper.sources.coverage.back().from_study = std::make_shared<MemoryTransform>([](Point p) {
        return Point{12 * p.x + 0.9 * p.y + 0.01 * p.x * p.x,
                     -600 + 11 * p.y - 0.5 * p.x + 0.002 * p.x * p.y};
    });
    auto& fibre =
        paper.layer("fibre", "", blobs(0, 2 * side, 2 * side, {0, side, 0.5, 0.5, 2 * side, 2 * side}, true));
    fibre.rule.kind = ServiceRule::Kind::share;
    paper.layer("5g", "B", nullptr);
    paper.sources.coverage.back().polygons = {polygon({{3, 3}, {20, 5}, {9, 30}}),
                                              rectangle(15, 15, 30.3, 28.8)};
    paper.study.refine = 4;
    // One looks for everything, one for corners apart and empty cells too, one for what is nearly everywhere.
    paper.study.dead_zones = {{"no_mobile", {"4g", "5g"}, 8, true, 0, 0},
                              {"no_5g", {"5g"}, 4, false, 30, 0},
                              {"no_fibre", {"fibre"}, 8, true, 0, 2e-6}};
    add_storm(paper, random);
    return paper;
}

Partial whole(const Plan& plan, const Sources& sources, std::size_t threads) {
    std::vector<std::size_t> tiles(plan.tiling.size());
    std::iota(tiles.begin(), tiles.end(), std::size_t{0});
    RunOptions options;
    options.threads = threads;
    return run_shard(plan, sources, tiles, options);
}

/// What must not depend on the tiling: all but the list of tiles.
void check_same_sums(const Partial& a, const Partial& b) {
    CHECK(a.ledger == b.ledger);
    CHECK(a.fates == b.fates);
    CHECK(a.raster_total == b.raster_total);
    CHECK(a.population == b.population);
    CHECK(a.layers == b.layers);
    CHECK(a.spread == b.spread);
    REQUIRE(a.patches.size() == b.patches.size());
    for (std::size_t i = 0; i < a.patches.size(); ++i) {
        const Patches::Canonical left = a.patches[i].canonical();
        const Patches::Canonical right = b.patches[i].canonical();
        CHECK(left.complete == right.complete);
        CHECK(left.remainder == right.remainder);
        CHECK(left.open.empty());
        CHECK(right.open.empty());
        CHECK(left.borders.empty());
    }
}

/// A run with everything that follows from single cells, in a form that can be compared.
struct Surveyed {
    std::vector<DeadZones> dead_zones;
    std::vector<Outline> outlines;
    std::vector<std::vector<std::uint32_t>> labels;  ///< of the whole grid, by definition
    std::vector<std::vector<float>> distances;

    friend bool operator==(const Surveyed& a, const Surveyed& b) {
        for (std::size_t i = 0; i < a.dead_zones.size(); ++i) {
            if (a.dead_zones[i].zones != b.dead_zones[i].zones ||
                a.dead_zones[i].remainder != b.dead_zones[i].remainder ||
                a.dead_zones[i].communes != b.dead_zones[i].communes) {
                return false;
            }
        }
        return a.outlines == b.outlines && a.labels == b.labels && a.distances == b.distances;
    }
};

Surveyed surveyed(const Plan& plan, const Sources& sources, std::size_t threads, bool distances) {
    const Window grid = plan.study_grid.window();
    Surveyed all;
    all.labels.assign(plan.dead_zones.size(), std::vector<std::uint32_t>(grid.cell_count()));
    all.distances.resize(plan.dead_zones.size());
    MemoryScratch scratch;
    RunOptions options;
    options.threads = threads;
    options.scratch = &scratch;
    options.labels = [&](std::size_t definition, Window window, std::span<const std::uint32_t> ids) {
        const TileView<const std::uint32_t> tile{window, ids};
        for (std::int32_t row = window.row; row < window.row_end(); ++row) {
            const std::size_t first = grid.index_of({row, window.column});
            std::copy(tile.row(row).begin(), tile.row(row).end(),
                      all.labels[definition].begin() + static_cast<std::ptrdiff_t>(first));
        }
    };
    if (distances) {
        options.distances = [&](std::size_t definition, std::int32_t, std::span<const float> metres) {
            all.distances[definition].insert(all.distances[definition].end(), metres.begin(), metres.end());
        };
    }
    all.dead_zones = run(plan, sources, options).dead_zones;
    for (DeadZones& zones : all.dead_zones) {
        for (DeadZone& zone : zones.zones) {
            all.outlines.push_back(decode_outline(scratch.get(zone.outline.value())));
            zone.outline.reset();  // where it lies aside is no part of the answer
        }
    }
    return all;
}

}  // namespace

TEST_CASE("The bytes of a result are the same on 1, 2, 3 and 8 threads") {
    const StudyOnPaper paper = rich_study();
    const Plan plan = paper.plan(8);
    REQUIRE(plan.tiling.size() > 50);
    const auto reference = encode(whole(plan, paper.sources, 1));
    for (const std::size_t threads : {2U, 3U, 8U}) {
        CHECK(encode(whole(plan, paper.sources, threads)) == reference);
    }
}

TEST_CASE("Five tilings give the same sums to the last bit") {
    const StudyOnPaper paper = rich_study();
    const Plan one_tile = paper.plan(100000);
    REQUIRE(one_tile.tiling.size() == 1);
    const Partial reference = whole(one_tile, paper.sources, 1);
    CHECK(reference.ledger.size() > 100);
    CHECK(reference.fates.size() > 1000);
    CHECK(balance_of(reference.ledger, reference.raster_total).holds());
    for (const std::int32_t side : {4, 12, 28, 64, 124}) {
        const Plan plan = paper.plan(side);
        REQUIRE(plan.tiling.size() > 1);
        check_same_sums(whole(plan, paper.sources, 2), reference);
    }
}

TEST_CASE("Random shards merged in random order, through bytes, give the bytes of one run") {
    const StudyOnPaper paper = rich_study();
    const Plan plan = paper.plan(24);
    const auto reference = encode(whole(plan, paper.sources, 1));
    std::mt19937_64 random{4};
    for (int round = 0; round < 5; ++round) {
        std::vector<std::vector<std::size_t>> shards(7);
        for (std::size_t tile = 0; tile < plan.tiling.size(); ++tile) shards[random() % 7].push_back(tile);
        std::vector<std::vector<std::uint8_t>> files;
        for (const auto& tiles : shards) files.push_back(encode(run_shard(plan, paper.sources, tiles)));
        std::shuffle(files.begin(), files.end(), random);
        Partial merged = Partial::empty_of(plan);
        for (const auto& bytes : files) merged.merge(decode(bytes));
        CHECK(encode(merged) == reference);
    }
}

TEST_CASE("Zones, outlines, distances and labels are the same bits on any tiling and any number of threads") {
    StudyOnPaper paper = rich_study();
    paper.sources.settlements = PlacesSource{"villages", {}, "", false};
    paper.sources.sites = PlacesSource{"masts", {}, "", false};
    std::mt19937_64 random{11};
    std::uniform_real_distribution<double> place{-2, 50};
    for (int i = 0; i < 60; ++i) {
        Place village{"v" + std::to_string(i), "", {place(random), place(random)}, i % 3 == 0};
        paper.sources.settlements->places.push_back(village);
        paper.sources.sites->places.push_back(
            {"s" + std::to_string(i), "", {place(random), place(random)}, {}});
    }
    const Surveyed reference = surveyed(paper.plan(100000), paper.sources, 1, true);
    for (const DeadZones& zones : reference.dead_zones) REQUIRE(zones.zones.size() > 3);
    REQUIRE(reference.distances.front().size() == paper.plan().study_grid.window().cell_count());
    for (const std::int32_t side : {4, 12, 28, 124}) {
        CHECK(surveyed(paper.plan(side), paper.sources, 2, true) == reference);
    }
    Surveyed without_distances = surveyed(paper.plan(20), paper.sources, 3, false);
    without_distances.distances = reference.distances;
    CHECK(without_distances == reference);
}

TEST_CASE("Dead zones and what is in none are all unserved people, exactly, raked or not") {
    StudyOnPaper paper = rich_study();
    for (const bool raked : {false, true}) {
        if (raked) {
            paper.study.population.adjust_to = "official";
            for (std::size_t i = 0; i < paper.sources.zones.size(); ++i) {
                paper.sources.zones[i].official_people = 1000.25 + 777 * static_cast<double>(i);
            }
        }
        const StudyResult result = run(paper.plan(32), paper.sources);
        REQUIRE(result.raked == raked);
        for (std::size_t i = 0; i < result.dead_zones.size(); ++i) {
            const DeadZones& dead = result.dead_zones[i];
            Persons listed;
            for (const DeadZone& zone : dead.zones) listed += zone.people;
            CHECK(listed + dead.remainder.people == dead.unserved);
            CHECK(dead.unserved > Persons{});
        }
        CHECK(result.dead_zones[1].remainder.zones > 0);
        CHECK(result.dead_zones[2].remainder.zones > 0);
        CHECK(result.dead_zones[0].unserved == result.total.combinations[0].served.people);
    }
}

TEST_CASE("Relabelling the communes and reordering the file permute the rows and change nothing else") {
    const StudyOnPaper paper = rich_study();
    const StudyResult before = run(paper.plan(32), paper.sources);
    StudyOnPaper relabelled = rich_study();
    std::mt19937_64 random{6};
    std::shuffle(relabelled.sources.zones.begin(), relabelled.sources.zones.end(), random);
    for (Zone& zone : relabelled.sources.zones)
        zone.code = "X" + std::string(zone.code.rbegin(), zone.code.rend());
    const StudyResult after = run(relabelled.plan(32), relabelled.sources);
    REQUIRE(after.communes.size() == before.communes.size());
    for (const PlaceResult& place : before.communes) {
        const PlaceResult& same =
            commune_of(after, "X" + std::string(place.code.rbegin(), place.code.rend()));
        CHECK(same.people == place.people);
        CHECK(same.area == place.area);
        for (std::size_t t = 0; t < place.technologies.size(); ++t) {
            CHECK(same.technologies[t].any_operator == place.technologies[t].any_operator);
            CHECK(same.technologies[t].of_operator == place.technologies[t].of_operator);
        }
    }
    CHECK(after.total.people == before.total.people);
    // Communes keep their numbers, which follow where they lie.
    CHECK(after.event->zones == before.event->zones);
    CHECK(after.event->outlook.zones == before.event->outlook.zones);
    CHECK(after.event->outlook.sites == before.event->outlook.sites);
}

TEST_CASE("An event on any tiling and any number of threads: the same impact and the same outlook") {
    const StudyOnPaper paper = rich_study();
    const StudyResult reference = run(paper.plan(100000), paper.sources);
    REQUIRE(reference.event->total.of_question[0].lost().people > Persons{});
    REQUIRE(reference.event->outlook.total.of_question[0].spread.high >
            reference.event->outlook.total.of_question[0].spread.low);
    for (const std::int32_t side : {12, 28, 124}) {
        RunOptions options;
        options.threads = 3;
        const StudyResult result = run(paper.plan(side), paper.sources, options);
        CHECK(result.event->zones == reference.event->zones);
        CHECK(result.event->total == reference.event->total);
        CHECK(result.event->outlook.zones == reference.event->outlook.zones);
        CHECK(result.event->outlook.total == reference.event->outlook.total);
        CHECK(result.event->outlook.ranking == reference.event->outlook.ranking);
    }
}

TEST_CASE("An event changes nothing of what was before it, raked or not") {
    StudyOnPaper with = rich_study();
    StudyOnPaper without = rich_study();
    without.study.event.reset();
    without.sources.event.reset();
    for (const bool raked : {false, true}) {
        if (raked) {
            for (StudyOnPaper* paper : {&with, &without}) {
                paper->study.population.adjust_to = "official";
                for (Zone& zone : paper->sources.zones) zone.official_people = 1234.5;
            }
        }
        const StudyResult after = run(with.plan(32), with.sources);
        const StudyResult before = run(without.plan(32), without.sources);
        REQUIRE(after.raked == raked);
        for (std::size_t i = 0; i < before.communes.size(); ++i) {
            const PlaceResult& a = after.communes[i];
            const PlaceResult& b = before.communes[i];
            CHECK(a.people == b.people);
            CHECK(a.combinations == b.combinations);
            for (std::size_t t = 0; t < b.technologies.size(); ++t) {
                CHECK(a.technologies[t].any_operator == b.technologies[t].any_operator);
                CHECK(a.technologies[t].of_operator == b.technologies[t].of_operator);
            }
            // And the event's own "before" is that answer, to the last unit.
            for (std::size_t t = 0; t < b.technologies.size(); ++t) {
                CHECK(after.event->zones[a.zone].of_question[1 + t].before() == b.technologies[t].yes_no);
            }
        }
        for (std::size_t d = 0; d < before.dead_zones.size(); ++d) {
            CHECK(after.dead_zones[d].zones == before.dead_zones[d].zones);
            CHECK(after.dead_zones[d].remainder == before.dead_zones[d].remainder);
        }
        CHECK(after.balance == before.balance);
    }
}

TEST_CASE("Partials merge as a commutative monoid over disjoint tiles") {
    const StudyOnPaper paper = rich_study();
    const Plan plan = paper.plan(8);
    REQUIRE(plan.tiling.size() > 9);
    const auto shard = [&](std::vector<std::size_t> tiles) { return run_shard(plan, paper.sources, tiles); };
    check_merge_laws(Partial::empty_of(plan), shard({0, 5}), shard({1, 2, 9}), shard({3}));
}

TEST_CASE("A partial of another plan, or a tile twice, is refused") {
    const StudyOnPaper paper = rich_study();
    const Plan plan = paper.plan(60);
    const Partial first = run_shard(plan, paper.sources, std::vector<std::size_t>{0, 1});
    Partial again = first;
    CHECK_THROWS_AS(again.merge(first), std::invalid_argument);
    StudyOnPaper other = rich_study();
    other.study.coverage[1].operator_name = "C";
    Partial foreign = Partial::empty_of(other.plan(60));
    CHECK_THROWS_AS(foreign.merge(first), std::invalid_argument);
    CHECK_THROWS_AS(finish(plan, first), std::invalid_argument);
}

TEST_CASE("Bytes of a partial come back as the same partial, any damaged byte is noticed") {
    const StudyOnPaper paper = rich_study();
    const Plan plan = paper.plan(60);
    const Partial partial = run_shard(plan, paper.sources, std::vector<std::size_t>{0, 3, 4});
    std::vector<std::uint8_t> bytes = encode(partial);
    CHECK(decode(bytes) == partial);
    for (std::size_t at = 0; at < bytes.size(); at += 97) {
        std::vector<std::uint8_t> damaged = bytes;
        damaged[at] = static_cast<std::uint8_t>(damaged[at] ^ 0x10U);
        CHECK_THROWS_AS(decode(damaged), PartialFormatError);
    }
    for (std::size_t size = 0; size < bytes.size(); size += 131) {
        CHECK_THROWS_AS(decode(std::span{bytes}.first(size)), PartialFormatError);
    }
}

}  // namespace phusong::test
