/// What does a run of cells of one state cost in the ledger, by its mean length: 4, 16 and 64 cells?
#include <benchmark/benchmark.h>

#include "tests/bench/micro/scene.hpp"

namespace phusong::bench {
namespace {

void tally_of_a_tile(benchmark::State& state) {
    std::mt19937 random{7};
    const ZoneIndex index = communes(4, 4);
    const TileCover cover = index.cover(tile_grid().window());
    const CellAreas areas{tile_grid(), {}};
    std::vector<std::vector<StateRun>> rows;
    std::int64_t runs = 0;
    for (std::int32_t row = 0; row < tile_side; ++row) {
        rows.push_back(runs_of_row(random, static_cast<double>(state.range(0))));
        runs += static_cast<std::int64_t>(rows.back().size());
    }
    std::vector<std::int32_t> people(tile_side);
    for (std::int32_t& cell : people) cell = static_cast<std::int32_t>(random() % 1000000);
    RowPeople row_people{1};
    row_people.assign(PeopleRow{{}, people, false});
    std::vector<Booking> bookings;
    for (auto _ : state) {
        Ledger ledger;
        bookings.clear();
        TileTally tally{cover, areas, {}, ledger, &bookings};
        for (std::int32_t row = 0; row < tile_side; ++row)
            tally.add_row(row, rows[static_cast<std::size_t>(row)], row_people);
        tally.finish();
        benchmark::DoNotOptimize(ledger);
    }
    state.SetItemsProcessed(state.iterations() * runs);
}
BENCHMARK(tally_of_a_tile)->Arg(4)->Arg(16)->Arg(64);

}  // namespace
}  // namespace phusong::bench
