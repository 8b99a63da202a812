#include "algorithms/damage/reach_sets.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <random>
#include <vector>

namespace phusong::test {
namespace {

using Sites = std::vector<SiteNumber>;

Sites sites_of(const ReachSets& sets, std::uint32_t set) {
    const auto sites = sets.sites(set);
    return {sites.begin(), sites.end()};
}

}  // namespace

TEST_CASE("A row is cut where a site begins or ends to reach") {
    // columns  10 11 12 13 14 15 16 17
    // site 2      [--------]
    // site 5            [-----------]
    // site 9         |-|
    ReachSets sets;
    std::vector<ReachSegment> segments;
    sets.segments(std::vector<ReachRun>{{11, 14, 2}, {13, 17, 5}, {12, 13, 9}}, 10, 18, segments);
    REQUIRE(segments.size() == 6);
    const std::vector<Sites> expected{{}, {2}, {2, 9}, {2, 5}, {5}, {}};
    const std::vector<std::int32_t> ends{11, 12, 13, 14, 17, 18};
    std::int32_t first = 10;
    for (std::size_t i = 0; i < segments.size(); ++i) {
        CHECK(segments[i].first == first);
        CHECK(segments[i].end == ends[i]);
        CHECK(sites_of(sets, segments[i].set) == expected[i]);
        first = segments[i].end;
    }
    CHECK(segments[0].set == 0);
    CHECK(segments[5].set == 0);
    CHECK(sets.size() == 5);
}

TEST_CASE("Every cell of random rows has the sites whose runs hold it, and equal sets one number") {
    std::mt19937 random{19};
    ReachSets sets;
    for (int tile = 0; tile < 20; ++tile) {
        sets.clear();
        // Around the 64 columns that are looked at together, and both of its ends.
        const std::int32_t columns = std::vector{1, 63, 64, 65, 128, 200}[random() % 6];
        const std::int32_t west = static_cast<std::int32_t>(random() % 100) - 50;
        std::map<Sites, std::uint32_t> numbers{{{}, 0}};
        for (int row = 0; row < 10; ++row) {
            std::vector<ReachRun> runs;
            for (SiteNumber site = 0; site < 8; ++site) {
                // Up to two runs a site, apart or touching.
                std::vector<std::int32_t> cuts(4);
                for (std::int32_t& cut : cuts) {
                    cut = west + static_cast<std::int32_t>(random() % (static_cast<unsigned>(columns) + 1));
                }
                std::sort(cuts.begin(), cuts.end());
                if (random() % 4 == 0) cuts[2] = cuts[1];
                if (random() % 2 == 0 && cuts[0] < cuts[1]) runs.push_back({cuts[0], cuts[1], site});
                if (random() % 2 == 0 && cuts[2] < cuts[3]) runs.push_back({cuts[2], cuts[3], site});
            }
            std::vector<ReachSegment> segments;
            sets.segments(runs, west, west + columns, segments);
            std::int32_t at = west;
            for (const ReachSegment& segment : segments) {
                REQUIRE(segment.first == at);
                REQUIRE(segment.end > at);
                for (; at < segment.end; ++at) {
                    Sites inside;
                    for (const ReachRun& run : runs) {
                        if (run.first <= at && at < run.end) inside.push_back(run.site);
                    }
                    CHECK(sites_of(sets, segment.set) == inside);
                    CHECK(numbers.try_emplace(inside, segment.set).first->second == segment.set);
                }
            }
            CHECK(at == west + columns);
        }
        CHECK(sets.size() == numbers.size());
    }
}

}  // namespace phusong::test
