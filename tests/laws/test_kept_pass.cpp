#include <algorithm>
#include <atomic>
#include <catch2/catch.hpp>
#include <random>

#include "engine/errors.hpp"
#include "engine/memory_scratch.hpp"
#include "engine/partial_codec.hpp"
#include "tests/laws/rich_study.hpp"

namespace phusong::test {
namespace {

/// All that a pass hands on, in a form that can be compared.
struct Found {
    std::vector<std::uint8_t> partial;
    std::vector<std::vector<std::uint8_t>> records;
    std::vector<std::vector<std::vector<Service>>> services;  ///< of each tile, before and after

    friend bool operator==(const Found&, const Found&) = default;
};

struct Kept {
    Found found;
    TileOrigins origins;
};

Kept pass(const StudyOnPaper& paper, PassStore* store, bool take, std::size_t threads = 1) {
    const Plan plan = paper.plan(8);
    Kept all;
    RunOptions options;
    options.threads = threads;
    options.store = store;
    options.take_kept = take;
    options.record = [&](std::size_t tile, std::span<const std::uint8_t> record) {
        CHECK(tile == all.found.records.size());
        all.found.records.emplace_back(record.begin(), record.end());
    };
    options.services = [&](const ServiceTile& tile) {
        all.found.services.push_back(tile.of_technology);
        all.found.services.insert(all.found.services.end(), {tile.after});
    };
    options.origins = [&](const TileOrigins& origins) { all.origins = origins; };
    all.found.partial = encode(run_pass(plan, paper.sources, options));
    return all;
}

/// The same raster with other values in a square of cells.
std::shared_ptr<const RasterSource> changed(const RasterSource& raster, std::mt19937_64& random) {
    const RasterDescription& description = raster.description();
    const Window grid = description.grid.window();
    std::vector<double> values(grid.cell_count());
    raster.open()->read(grid, values);
    const auto below = [&](std::int32_t end) {
        return std::uniform_int_distribution<std::int32_t>{0, end - 1}(random);
    };
    const Window square =
        intersection(grid, {below(grid.rows), below(grid.columns), 1 + below(3), 1 + below(3)});
    for (std::int32_t row = square.row; row < square.row_end(); ++row) {
        for (std::int32_t column = square.column; column < square.column_end(); ++column) {
            double& value = values[grid.index_of({row, column})];
            value = value == 0 ? 1 : 0;
        }
    }
    return std::make_shared<MemoryRaster>(description, values);
}

/// Another file for one of the inputs.
void change_one(StudyOnPaper& paper, std::mt19937_64& random) {
    EventSources& event = *paper.sources.event;
    std::vector<std::shared_ptr<const RasterSource>*> rasters{
        &paper.sources.population, &event.after[0].raster, &event.damage[1].raster};
    for (CoverageSource& layer : paper.sources.coverage) {
        if (layer.raster) rasters.push_back(&layer.raster);
    }
    const std::size_t which = random() % (rasters.size() + 2);
    if (which < rasters.size()) {
        *rasters[which] = changed(**rasters[which], random);
    } else if (which == rasters.size()) {
        event.damage[0].areas[random() % 2].severity += 0.01;
    } else {
        (*paper.sources.coverage[4].polygons)[random() % 2].parts[0].shell[1].x += 0.7;
    }
}

/// Fails after some shards, as a machine does that loses its power.
class FailingStore : public MemoryPassStore {
public:
    void put(std::size_t shard, std::span<const std::uint8_t> bytes) override {
        if (puts_left-- <= 0) throw StorageError{"the power is gone"};
        MemoryPassStore::put(shard, bytes);
    }
    [[nodiscard]] std::size_t tiles() const {
        std::size_t count = 0;
        for (const auto& [number, bytes] : shards) count += KeptShardView{bytes}.head().records.size();
        return count;
    }
    std::atomic<int> puts_left = 0;
};

}  // namespace

TEST_CASE("A kept pass is the pass, and taken again it is still the pass") {
    const StudyOnPaper paper = rich_study();
    const Kept plain = pass(paper, nullptr, false);
    MemoryPassStore store;
    const Kept first = pass(paper, &store, false, 3);
    CHECK(first.found == plain.found);
    CHECK(first.origins.of(ShardOrigin::not_kept) == plain.found.records.size());
    REQUIRE(store.shards.size() > 20);
    for (const std::size_t threads : {1U, 3U}) {
        const Kept again = pass(paper, &store, true, threads);
        CHECK(again.found == plain.found);
        CHECK(again.origins.of(ShardOrigin::taken) == plain.found.records.size());
    }
}

TEST_CASE("After any change of inputs, what is updated is what a whole pass finds") {
    StudyOnPaper paper = rich_study();
    MemoryPassStore store;
    static_cast<void>(pass(paper, &store, false));
    std::mt19937_64 random{7};
    std::size_t counted = 0;
    std::size_t taken = 0;
    for (int round = 0; round < 40; ++round) {
        change_one(paper, random);
        if (round % 4 == 3) change_one(paper, random);
        const Kept updated = pass(paper, &store, true, 1 + static_cast<std::size_t>(round) % 3);
        CHECK(updated.found == pass(paper, nullptr, false).found);
        counted += updated.origins.of(ShardOrigin::inputs_changed);
        taken += updated.origins.of(ShardOrigin::taken);
        CHECK(updated.origins.of(ShardOrigin::inputs_changed) > 0);
    }
    // A few cells of 2,304 changed each time.
    CHECK(counted < taken / 4);
}

TEST_CASE("A pass that fails after any shard goes on from there and finds the same") {
    const StudyOnPaper paper = rich_study();
    const Found whole = pass(paper, nullptr, false).found;
    std::mt19937_64 random{11};
    for (int round = 0; round < 8; ++round) {
        FailingStore store;
        std::size_t kept = 0;
        for (int kill = 0; kill < 3; ++kill) {
            store.puts_left = static_cast<int>(random() % 6);
            CHECK_THROWS_AS(pass(paper, &store, true, 1 + random() % 3), StorageError);
            CHECK(store.shards.size() >= kept);
            kept = store.shards.size();
        }
        kept = store.tiles();
        store.puts_left = 1000;
        const Kept resumed = pass(paper, &store, true, 2);
        CHECK(resumed.found == whole);
        CHECK(resumed.origins.of(ShardOrigin::taken) == kept);
    }
}

TEST_CASE("What was kept and is damaged is counted again") {
    const StudyOnPaper paper = rich_study();
    MemoryPassStore store;
    const Found whole = pass(paper, &store, false).found;
    std::mt19937_64 random{13};
    for (int round = 0; round < 6; ++round) {
        for (int i = 0; i < 5; ++i) {
            std::vector<std::uint8_t>& bytes = store.shards[random() % store.shards.size()];
            if (bytes.empty()) continue;
            if (i < 3) {
                bytes[random() % bytes.size()] ^= static_cast<std::uint8_t>(1U << random() % 8);
            } else {
                bytes.resize(random() % bytes.size());
            }
        }
        const Kept mended = pass(paper, &store, true, 2);
        CHECK(mended.found == whole);
        CHECK(mended.origins.of(ShardOrigin::damaged) > 0);
        CHECK(pass(paper, &store, true).origins.of(ShardOrigin::taken) == whole.records.size());
    }
}

TEST_CASE("Nothing is taken from a pass over other lattices, rules, communes, zones or sites") {
    const StudyOnPaper paper = rich_study();
    MemoryPassStore store;
    const Found whole = pass(paper, &store, false).found;
    const auto kept = store.shards;

    std::vector<StudyOnPaper> others(6, paper);
    others[0].study.coverage[3].rule.full_value = 2;
    others[1].study.dead_zones->front().connectivity = 4;
    others[2].sources.zones.pop_back();
    others[3].sources.event->sites->sites[0].radius_m += 1;
    others[4].study.refine = 2;
    others[5].study.event->after[0].rule.kind = ServiceRule::Kind::classes;
    others[5].study.event->after[0].rule.served = {1};
    others[5].study.event->after[0].rule.unserved = {0};
    for (const StudyOnPaper& other : others) {
        store.shards = kept;
        const Kept counted = pass(other, &store, true);
        CHECK(counted.origins.of(ShardOrigin::taken) == 0);
        CHECK(counted.origins.of(ShardOrigin::other_pass) > 0);
        CHECK(counted.found == pass(other, nullptr, false).found);
    }
}

TEST_CASE("Questions that are asked behind the pass take all of a kept one") {
    StudyOnPaper paper = rich_study();
    MemoryPassStore store;
    static_cast<void>(pass(paper, &store, false));
    paper.study.dead_zones->front().minimum_people = 100;
    paper.study.event->scenarios = 200;
    paper.sources.zones.front().name = "Xã Mới";
    const Kept taken = pass(paper, &store, true);
    CHECK(taken.origins.of(ShardOrigin::taken) == taken.found.records.size());
    CHECK(taken.found == pass(paper, nullptr, false).found);
}

TEST_CASE("A run through a store answers as one without it, whether it keeps cells or not") {
    StudyOnPaper paper = rich_study();
    const Plan plan = paper.plan(8);
    MemoryPassStore store;
    std::vector<std::vector<DeadZone>> zones;
    for (const bool take : {false, true}) {
        for (PassStore* const kept : {static_cast<PassStore*>(nullptr), static_cast<PassStore*>(&store)}) {
            MemoryScratch scratch;
            RunOptions options;
            options.scratch = &scratch;
            options.store = kept;
            options.take_kept = take;
            zones.push_back(run(plan, paper.sources, options).dead_zones.front().zones);
        }
    }
    REQUIRE(!zones.front().empty());
    CHECK(std::all_of(zones.begin(), zones.end(), [&](const auto& one) { return one == zones.front(); }));
}

}  // namespace phusong::test
