/// What does it cost to find the cell of another lattice under a study cell: shifted, and bent as a map
/// projection bends?
#include <benchmark/benchmark.h>

#include <cmath>

#include "engine/cell_sampler.hpp"
#include "tests/bench/micro/scene.hpp"

namespace phusong::bench {
namespace {

/// Meridians that lean the more the farther they are from the middle.
class Bend : public CoordinateTransform {
public:
    void apply(std::span<double> x, std::span<double> y) override {
        for (std::size_t i = 0; i < x.size(); ++i) {
            const double away = x[i] - tile_side / 2.0;
            x[i] += 1e-5 * away * y[i];
            y[i] += 1e-5 * away * away;
        }
    }
};

void sample_a_tile(benchmark::State& state) {
    const double finer = 3;
    const GridSpec raster{-40, tile_side + 40.0, 1 / finer, 1 / finer, 1800, 1800};
    CellSampler sampler{tile_grid(), static_cast<std::int32_t>(state.range(1)), raster,
                        state.range(0) == 0 ? nullptr : std::make_unique<Bend>()};
    SampledCells cells;
    for (auto _ : state) sampler.sample(tile_grid().window(), cells);
    state.SetItemsProcessed(state.iterations() * tile_side * tile_side);
}
BENCHMARK(sample_a_tile)->Args({0, 1})->Args({1, 1})->Args({1, 4});

}  // namespace
}  // namespace phusong::bench
