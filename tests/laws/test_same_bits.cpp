#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>
#include <random>

#include "engine/memory_scratch.hpp"
#include "engine/outline_codec.hpp"
#include "engine/partial_codec.hpp"
#include "tests/laws/rich_study.hpp"
#include "tests/support/merge_laws.hpp"

namespace phusong::test {
namespace {

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
