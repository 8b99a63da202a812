/// What do the dead zones of a tile cost, for each booking: in blobs, and as crumbs of two cells?
#include <benchmark/benchmark.h>

#include "algorithms/dead_zones/tile_patches.hpp"
#include "tests/bench/micro/scene.hpp"

namespace phusong::bench {
namespace {

void patches_of_a_tile(benchmark::State& state) {
    std::mt19937 random{7};
    const CellAreas areas{tile_grid(), {}};
    std::vector<Booking> bookings;
    for (std::int32_t row = 0; row < tile_side; ++row) {
        std::int32_t first = 0;
        for (const StateRun& run : runs_of_row(random, static_cast<double>(state.range(0)))) {
            bookings.push_back({row, first, run.end, true, {0, run.state}, {}});
            first = run.end;
        }
    }
    PatchRule rule;
    rule.layers = {0, 1};
    rule.corners_join = true;
    for (auto _ : state) {
        benchmark::DoNotOptimize(
            tile_patches(rule, bookings, tile_grid().window(), areas, tile_grid().columns));
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(bookings.size()));
}
BENCHMARK(patches_of_a_tile)->Arg(64)->Arg(2);

}  // namespace
}  // namespace phusong::bench
