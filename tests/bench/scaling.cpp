/// How does the time of a pass grow? One thing at a time grows, all else stays: cells, communes, vertices,
/// layers, threads. Prints one line for each point, columns apart by a tab: what grows, how many there are,
/// processor and wall seconds of the pass, of decoding the same files, and the processor seconds of the pass
/// as a multiple of the smallest point's. Points of one kind take turns, so that other work hits all alike;
/// each figure is the least of its rounds.
/// usage: bench_scaling FOLDER [ROUNDS]
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "engine/run.hpp"
#include "io/gdal/startup.hpp"
#include "io/open_sources.hpp"
#include "tests/bench/national_inputs.hpp"
#include "tests/bench/national_study.hpp"
#include "tests/bench/spent.hpp"

namespace {

using namespace phusong;
using namespace phusong::bench;

struct Point {
    double amount = 0;
    NationalFiles files;
    std::size_t threads = 1;
};

class Pass {
public:
    explicit Pass(const Point& point) : point_{point}, study_{study_of(point.files)} {
        sources_ = io::open_sources(study_, {});
        plan_.emplace(make_plan(study_, sources_));
    }
    [[nodiscard]] double cells() const {
        return static_cast<double>(plan_->study_grid.window().cell_count());
    }
    [[nodiscard]] double vertices() const {
        std::size_t count = 0;
        for (std::size_t i = 0; i < plan_->zones.size(); ++i) {
            for (const auto& ring : plan_->zone_index.shape(static_cast<ZoneNumber>(i)).rings)
                count += ring.size();
        }
        return static_cast<double>(count);
    }
    [[nodiscard]] double communes() const { return static_cast<double>(plan_->zones.size()); }

    void run_once() {
        const Spent decoding = spent_on([&] {
            decode_all(point_.files.population, point_.threads);
            for (const std::string& file : point_.files.coverage) decode_all(file, point_.threads);
        });
        RunOptions options;
        options.threads = point_.threads;
        const Spent pass = spent_on([&] { (void)run_shard(*plan_, sources_, all_tiles(*plan_), options); });
        if (rounds_++ == 0 || pass.processor < pass_.processor) pass_ = pass;
        if (rounds_ == 1 || decoding.processor < decoding_.processor) decoding_ = decoding;
    }
    [[nodiscard]] const Spent& pass() const { return pass_; }
    [[nodiscard]] const Spent& decoding() const { return decoding_; }

private:
    const Point& point_;
    Study study_;
    Sources sources_;
    std::optional<Plan> plan_;
    int rounds_ = 0;
    Spent pass_;
    Spent decoding_;
};

/// @param amount of a pass, or null for the points' own
void measure(const char* kind, const std::vector<Point>& points, int rounds, double (Pass::*amount)() const) {
    std::vector<Pass> passes;
    passes.reserve(points.size());
    for (const Point& point : points) passes.emplace_back(point);
    for (int round = 0; round < rounds; ++round) {
        for (Pass& pass : passes) pass.run_once();
    }
    for (std::size_t i = 0; i < points.size(); ++i) {
        const Pass& pass = passes[i];
        std::printf("%s\t%.0f\t%.4f\t%.4f\t%.4f\t%.4f\t%.3f\n", kind,
                    amount != nullptr ? (pass.*amount)() : points[i].amount, pass.pass().processor,
                    pass.pass().wall, pass.decoding().processor, pass.decoding().wall,
                    pass.pass().processor / passes.front().pass().processor);
        std::fflush(stdout);
    }
}

void measure_all(const std::string& folder, int rounds) {
    constexpr double part = 1.0 / 32;
    const auto files = [&](const Country& country, int cells_a_degree) {
        const NationalInputs inputs{folder, country};
        return NationalFiles{inputs.communes(), inputs.population(cells_a_degree),
                             inputs.coverage(cells_a_degree)};
    };
    const NationalFiles usual = files({part}, cells_at_3_seconds);

    std::vector<Point> cells;
    for (const int cells_a_degree : {600, 1200, 2400}) {
        cells.push_back({0, files({part}, cells_a_degree), 1});
    }
    measure("cells", cells, rounds, &Pass::cells);

    std::vector<Point> communes;
    for (const double times : {1.0, 3.0, 10.0}) {
        NationalFiles here = usual;
        here.communes = NationalInputs{folder, {part, Storage::deflate, times}}.communes();
        communes.push_back({0, here, 1});
    }
    measure("communes", communes, rounds, &Pass::communes);

    std::vector<Point> vertices;
    for (const int a_border : {8, 79, 790}) {
        NationalFiles here = usual;
        here.communes = NationalInputs{folder, {part, Storage::deflate, 1, a_border}}.communes();
        vertices.push_back({0, here, 1});
    }
    measure("vertices", vertices, rounds, &Pass::vertices);

    std::vector<Point> layers;
    for (const std::size_t count : {1U, 2U, 3U, 6U, 12U}) {
        NationalFiles here = usual;
        here.coverage.clear();
        for (std::size_t i = 0; i < count; ++i) here.coverage.push_back(usual.coverage[i % 3]);
        layers.push_back({static_cast<double>(count), here, 1});
    }
    measure("layers", layers, rounds, nullptr);

    std::vector<Point> threads;
    const NationalFiles larger = files({part}, 2 * cells_at_3_seconds);
    for (const std::size_t count : {1U, 2U}) threads.push_back({static_cast<double>(count), larger, count});
    measure("threads", threads, rounds, nullptr);
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 2 || argc > 3) {
        std::fprintf(stderr, "usage: bench_scaling FOLDER [ROUNDS]\n");
        return 2;
    }
    try {
        io::start_gdal();
        measure_all(argv[1], argc > 2 ? std::atoi(argv[2]) : 5);
        return 0;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
}
