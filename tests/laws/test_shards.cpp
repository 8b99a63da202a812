#include <algorithm>
#include <catch2/catch.hpp>
#include <numeric>
#include <random>

#include "engine/archive_envelope.hpp"
#include "engine/memory_scratch.hpp"
#include "engine/partial_codec.hpp"
#include "engine/shard_part.hpp"
#include "engine/shard_split.hpp"
#include "tests/laws/rich_study.hpp"

namespace phusong::test {
namespace {

/// What a pass hands on: its sums, and the records that all else follows from.
struct PassBytes {
    std::vector<std::uint8_t> partial;
    std::vector<std::vector<std::uint8_t>> records;

    friend bool operator==(const PassBytes&, const PassBytes&) = default;
};

PassBytes bytes_of_pass(const StudyOnPaper& paper, const Plan& plan, PassStore* store, std::size_t threads) {
    PassBytes all;
    RunOptions options;
    options.threads = threads;
    options.store = store;
    options.take_kept = true;
    options.inputs_are_known = true;
    options.record = [&](std::size_t, std::span<const std::uint8_t> record) {
        all.records.emplace_back(record.begin(), record.end());
    };
    options.origins = [&](const TileOrigins& origins) {
        CHECK(origins.of(ShardOrigin::taken) == plan.tiling.size());
    };
    all.partial = encode(run_pass(plan, paper.sources, options));
    return all;
}

std::vector<NumberRange> split_shards(const Plan& plan, std::size_t parts) {
    const std::vector<double> costs(kept_shards(plan).size(), 1.0);
    return split_evenly(costs, parts);
}

std::vector<std::uint8_t> part_of(const StudyOnPaper& paper, const Plan& plan, std::size_t shard,
                                  NumberRange range, std::size_t threads) {
    MemoryPassStore store;
    RunOptions options;
    options.threads = threads;
    options.store = &store;
    options.inputs_are_known = true;
    keep_shards(plan, paper.sources, range, options);
    ShardPart part{99, shard, range, {}};
    for (const auto& [number, bytes] : store.shards) {
        CHECK(number >= range.first);
        CHECK(number < range.end);
        part.shards.emplace_back(bytes);
    }
    return encode(part);
}

void put_part(MemoryPassStore& store, const std::vector<std::uint8_t>& bytes) {
    const ShardPart part = decode_shard_part(bytes);
    for (std::size_t i = 0; i < part.shards.size(); ++i) store.put(part.kept.first + i, part.shards[i]);
}

}  // namespace

TEST_CASE("Shards counted apart and merged in any order are the pass") {
    const StudyOnPaper paper = rich_study();
    const Plan plan = paper.plan(8);
    REQUIRE(kept_shards(plan).size() > 20);
    const PassBytes whole = bytes_of_pass(paper, plan, nullptr, 1);
    std::mt19937_64 random{17};
    for (const std::size_t parts : {1U, 7U, 64U}) {
        const std::vector<NumberRange> ranges = split_shards(plan, parts);
        std::vector<std::vector<std::uint8_t>> files;
        for (std::size_t i = 0; i < ranges.size(); ++i) {
            // On another machine the plan is made anew.
            files.push_back(part_of(paper, paper.plan(8), i, ranges[i], 1 + i % 3));
        }
        for (int order = 0; order < 3; ++order) {
            std::vector<std::vector<std::uint8_t>> found = files;
            found.push_back(files[random() % files.size()]);
            std::shuffle(found.begin(), found.end(), random);
            MemoryPassStore store;
            for (const auto& file : found) put_part(store, file);
            CHECK(bytes_of_pass(paper, plan, &store, 1 + random() % 3) == whole);
        }
    }
}

TEST_CASE("A shard that is counted twice gives the same bytes") {
    const StudyOnPaper paper = rich_study();
    const Plan plan = paper.plan(8);
    const NumberRange range = split_shards(plan, 7)[3];
    CHECK(part_of(paper, plan, 3, range, 1) == part_of(paper, paper.plan(8), 3, range, 3));
}

TEST_CASE("A part of which any bit changed, or that is cut, is no part") {
    const StudyOnPaper paper = rich_study();
    const Plan plan = paper.plan(8);
    const std::vector<std::uint8_t> whole = part_of(paper, plan, 0, split_shards(plan, 7)[0], 1);
    std::mt19937_64 random{19};
    for (int round = 0; round < 50; ++round) {
        std::vector<std::uint8_t> bytes = whole;
        bytes[random() % bytes.size()] ^= static_cast<std::uint8_t>(1U << random() % 8);
        CHECK_THROWS_AS(decode_shard_part(bytes), ArchiveFormatError);
        bytes = whole;
        bytes.resize(random() % bytes.size());
        CHECK_THROWS_AS(decode_shard_part(bytes), ArchiveFormatError);
    }
}

TEST_CASE("A part says of which plan it is, which shard, and what it holds") {
    const std::vector<std::uint8_t> first{1, 2, 3};
    const std::vector<std::uint8_t> second{4};
    const std::vector<std::uint8_t> bytes = encode(ShardPart{99, 3, {5, 7}, {first, second}});
    const ShardPart part = decode_shard_part(bytes);
    CHECK(part.plan == 99);
    CHECK(part.shard == 3);
    CHECK(part.kept == NumberRange{5, 7});
    REQUIRE(part.shards.size() == 2);
    CHECK(std::equal(first.begin(), first.end(), part.shards[0].begin(), part.shards[0].end()));
    CHECK(std::equal(second.begin(), second.end(), part.shards[1].begin(), part.shards[1].end()));
}

TEST_CASE("A tile without communes costs its cells, one in a commune more, one with a border most") {
    StudyOnPaper paper{{"000000000000", "000000000000", "000000000000", "000000000000"}};
    paper.layer("4g", "", raster_of({"............", "............", "............", "............"}, "4g"));
    paper.commune("1", rectangle(4, 0, 9.5, 4));
    paper.commune("2", rectangle(9.5, 0, 12, 4));
    const std::vector<double> costs = tile_costs(paper.plan(4));
    REQUIRE(costs.size() == 3);
    CHECK(costs[0] == 16);
    CHECK(costs[1] > costs[0]);
    // As many cells lie in communes there: what is more is the border.
    CHECK(costs[2] > costs[1]);
}

TEST_CASE("Parts follow each other, and none costs more than an even share and its dearest thing") {
    CHECK(split_evenly(std::vector<double>{1, 1, 1, 1, 1, 1}, 3) ==
          std::vector<NumberRange>{{0, 2}, {2, 4}, {4, 6}});
    CHECK(split_evenly(std::vector<double>{9, 1, 1, 1}, 2) == std::vector<NumberRange>{{0, 1}, {1, 4}});
    CHECK(split_evenly(std::vector<double>{1, 1, 9}, 5) == std::vector<NumberRange>{{0, 1}, {1, 2}, {2, 3}});
    CHECK(split_evenly(std::vector<double>{0, 0, 0}, 2).size() == 2);
    CHECK(split_evenly(std::vector<double>{}, 4).empty());

    std::mt19937_64 random{23};
    for (int round = 0; round < 200; ++round) {
        std::vector<double> costs(1 + random() % 60);
        for (double& cost : costs) cost = static_cast<double>(random() % 10);
        const std::size_t parts = 1 + random() % 20;
        const std::vector<NumberRange> ranges = split_evenly(costs, parts);
        REQUIRE(ranges.size() == std::min(parts, costs.size()));
        const double all = std::accumulate(costs.begin(), costs.end(), 0.0);
        const double dearest = *std::max_element(costs.begin(), costs.end());
        std::size_t next = 0;
        for (const NumberRange& range : ranges) {
            CHECK(range.first == next);
            REQUIRE(range.end > range.first);
            next = range.end;
            const auto first = costs.begin() + static_cast<std::ptrdiff_t>(range.first);
            const double cost =
                std::accumulate(first, first + static_cast<std::ptrdiff_t>(range.size()), 0.0);
            CHECK(cost <= 2 * (all / static_cast<double>(ranges.size()) + dearest));
        }
        CHECK(next == costs.size());
    }
}

}  // namespace phusong::test
