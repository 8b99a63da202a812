/// What an event costs the pass: the pass over a real study without its event, and with it, which builds the
/// groups of shared fate; in turns within one run, so that a noisy machine hits all alike. Then what
/// scenarios on these groups cost. usage: bench_event_pass STUDY.toml [ROUNDS]
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <numeric>
#include <vector>

#include "engine/run.hpp"
#include "io/gdal/startup.hpp"
#include "io/open_sources.hpp"
#include "io/text/study_file.hpp"

namespace {

using namespace phusong;

double seconds_since(std::chrono::steady_clock::time_point start) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

struct Timed {
    Partial partial;
    double seconds = 0;
};

Timed pass(const Plan& plan, const Sources& sources) {
    std::vector<std::size_t> tiles(plan.tiling.size());
    std::iota(tiles.begin(), tiles.end(), std::size_t{0});
    RunOptions options;
    options.threads = 1;
    const auto start = std::chrono::steady_clock::now();
    Partial partial = run_shard(plan, sources, tiles, options);
    return {std::move(partial), seconds_since(start)};
}

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 2) {
        std::fputs("usage: bench_event_pass STUDY.toml [ROUNDS]\n", stderr);
        return 2;
    }
    io::start_gdal();
    Study study = io::read_study_file(argv[1]);
    const int rounds = argc > 2 ? std::atoi(argv[2]) : 7;
    Sources sources = io::open_sources(study);
    const Plan with = make_plan(study, sources);
    Sources quiet = sources;
    quiet.event.reset();
    study.event.reset();
    const Plan without = make_plan(study, quiet);
    std::vector<double> base;
    std::vector<double> ratio;
    std::vector<double> finished;
    std::size_t groups = 0;
    for (int round = 0; round < rounds; ++round) {
        base.push_back(pass(without, quiet).seconds);
        const Timed timed = pass(with, sources);
        ratio.push_back(timed.seconds / base.back());
        groups = timed.partial.fates.size();
        const auto start = std::chrono::steady_clock::now();
        (void)finish(with, timed.partial);
        finished.push_back(seconds_since(start) / base.back());
    }
    std::printf("study cells %zu, pass without the event %.2f s (median of %d)\n",
                with.study_grid.window().cell_count(), median(base), rounds);
    std::printf("pass with the event, %zu groups: %.3f times\n", groups, median(ratio));
    std::printf("scenarios and all that ranks:    %.3f times\n", median(finished));
    return 0;
}
