/// What dead zones cost: the pass over a real study without any definition, with three, and with three and
/// all that follows from single cells; in turns within one run, so that a noisy machine hits all alike.
/// usage: bench_dead_zone_pass STUDY.toml [ROUNDS]
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <numeric>
#include <vector>

#include "engine/memory_scratch.hpp"
#include "engine/run.hpp"
#include "io/gdal/startup.hpp"
#include "io/open_sources.hpp"
#include "io/text/study_file.hpp"

namespace {

using namespace phusong;

double seconds_of(const Plan& plan, const Sources& sources, bool survey) {
    MemoryScratch scratch;
    RunOptions options;
    options.threads = 1;
    const auto start = std::chrono::steady_clock::now();
    if (survey) {
        options.scratch = &scratch;
        (void)run(plan, sources, options);
    } else {
        std::vector<std::size_t> tiles(plan.tiling.size());
        std::iota(tiles.begin(), tiles.end(), std::size_t{0});
        (void)run_shard(plan, sources, tiles, options);
    }
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 2) {
        std::fputs("usage: bench_dead_zone_pass STUDY.toml [ROUNDS]\n", stderr);
        return 2;
    }
    io::start_gdal();
    Study study = io::read_study_file(argv[1]);
    const int rounds = argc > 2 ? std::atoi(argv[2]) : 7;
    const Sources sources = io::open_sources(study);
    study.dead_zones.emplace();
    const Plan without = make_plan(study, sources);
    study.dead_zones = {{"no_mobile", {"4g", "5g"}, 8, true, 0, 0},
                        {"no_5g", {"5g"}, 8, true, 0, 0},
                        {"no_fibre", {"fibre"}, 8, true, 0, 0}};
    const Plan with = make_plan(study, sources);
    std::vector<double> pass;
    std::vector<double> all;
    std::vector<double> base;
    for (int round = 0; round < rounds; ++round) {
        base.push_back(seconds_of(without, sources, false));
        pass.push_back(seconds_of(with, sources, false) / base.back());
        all.push_back(seconds_of(with, sources, true) / base.back());
    }
    std::printf("study cells %zu, pass without dead zones %.2f s (median of %d)\n",
                with.study_grid.window().cell_count(), median(base), rounds);
    std::printf("pass with three definitions: %.3f times\n", median(pass));
    std::printf("pass, records and survey:    %.3f times\n", median(all));
    return 0;
}
