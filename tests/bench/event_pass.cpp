/// What an event costs the pass over a real study, in turns within one run, so that a noisy machine hits all
/// alike: without the event; with it, but no site in reach of anybody, so that there are no groups; with its
/// groups of shared fate, but without the dead zones that the event made; and with all. Then what scenarios
/// on these groups cost. usage: bench_event_pass STUDY.toml [ROUNDS]
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <numeric>
#include <vector>

#include "engine/run.hpp"
#include "io/gdal/startup.hpp"
#include "io/open_sources.hpp"
#include "io/text/study_file.hpp"

namespace {

using namespace phusong;

/// Of the processor, so that other work on the machine counts less; all here runs in one thread.
double seconds_since(std::clock_t start) {
    return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
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
    const auto start = std::clock();
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
    Plan without_groups = with;
    without_groups.event->reach = SiteReach{};
    Plan without_zones = with;
    std::erase_if(without_zones.dead_zones,
                  [](const DeadZoneDefinition& zones) { return zones.rule.of_an_event(); });
    std::vector<double> base;
    std::vector<double> maps;
    std::vector<double> no_zones;
    std::vector<double> all;
    std::vector<double> groups_alone;
    std::vector<double> finished;
    std::size_t groups = 0;
    for (int round = 0; round < rounds; ++round) {
        const double seconds = pass(without, quiet).seconds;
        base.push_back(seconds);
        const double of_maps = pass(without_groups, sources).seconds;
        maps.push_back(of_maps / seconds);
        no_zones.push_back(pass(without_zones, sources).seconds / seconds);
        const Timed timed = pass(with, sources);
        all.push_back(timed.seconds / seconds);
        groups_alone.push_back(timed.seconds / of_maps);
        groups = timed.partial.fates.size();
        const auto start = std::clock();
        (void)finish(with, timed.partial);
        finished.push_back(seconds_since(start) / seconds);
    }
    std::printf("study cells %zu, pass without the event %.2f s (median of %d), %zu kinds of dead zones\n",
                with.study_grid.window().cell_count(), median(base), rounds, without.dead_zones.size());
    std::printf("with the event, no groups:                     %.3f times\n", median(maps));
    std::printf("with %zu groups, without its dead zones:   %.3f times\n", groups, median(no_zones));
    std::printf("with groups and dead zones of the event:       %.3f times\n", median(all));
    std::printf("with groups, to the same without groups:       %.3f times\n", median(groups_alone));
    std::printf("scenarios and all that ranks:                  %.3f times\n", median(finished));
    return 0;
}
