/// What does it cost to find the owners of a tile's cells, for each cell that a border cuts? Communes of 512,
/// 128 and 32 cells a side, a vertex every 4 cells, and one every half cell.
#include <benchmark/benchmark.h>

#include "tests/bench/micro/scene.hpp"

namespace phusong::bench {
namespace {

void cover_of_a_tile(benchmark::State& state) {
    const ZoneIndex index =
        communes(static_cast<int>(state.range(0)), 0.5 * static_cast<double>(state.range(1)));
    CoverMaker maker;
    TileCover cover;
    for (auto _ : state) index.cover(tile_grid().window(), maker, cover);
    std::int64_t cut = 0;
    for (const CoverSegment& segment : cover.segments) cut += cover.is_whole(segment) ? 0 : segment.columns;
    state.SetItemsProcessed(state.iterations() * std::max<std::int64_t>(1, cut));
    state.counters["cut cells"] = static_cast<double>(cut);
}
BENCHMARK(cover_of_a_tile)->Args({1, 8})->Args({4, 8})->Args({16, 8})->Args({4, 1});

}  // namespace
}  // namespace phusong::bench
