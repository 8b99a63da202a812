/// Does a national study run at the speed of decoding its files? The floor decodes every tile of the same
/// files with GDALRasterBand::ReadBlock, one handle a thread, and does nothing else; floor and engine take
/// turns within one call, so that a noisy machine hits both alike. The engine looks for one kind of dead
/// zone. Workloads, 3,321 communes each:
///   A  people and three coverages at 3 arc-seconds
///   B  people at 3 arc-seconds, coverages at 1
///   C  all four at 1 arc-second
///   D  people at 3 arc-seconds, coverages of 30 m in another CRS
///   RA, RC  as A and C with the published communes, 7.1 million vertices (needs PHUSONG_MIRROR)
/// usage: bench_national FOLDER [--workloads A,C,B] [--part 0.125] [--rounds 5] [--threads 1,2]
///                       [--storage deflate|zstd|plain] [--survey]
/// FOLDER keeps the files that are made; --part makes a smaller country; --survey adds what follows from
/// single cells (outlines, distances), which keeps every tile aside.
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "engine/dead_zone_survey.hpp"
#include "engine/run.hpp"
#include "io/files/scratch_file.hpp"
#include "io/gdal/startup.hpp"
#include "io/open_sources.hpp"
#include "tests/bench/national_inputs.hpp"
#include "tests/bench/national_study.hpp"
#include "tests/bench/spent.hpp"

namespace {

using namespace phusong;
using namespace phusong::bench;

struct Settings {
    std::string folder;
    Country country;
    std::vector<std::string> workloads{"A", "C", "B"};
    std::vector<std::size_t> threads{1, 2};
    int rounds = 5;
    bool survey = false;
};

NationalFiles files_of(const std::string& workload, const Settings& settings) {
    const NationalInputs inputs{settings.folder, settings.country};
    NationalFiles files;
    const bool real = workload.front() == 'R';
    const char kind = real ? workload.back() : workload.front();
    files.population = inputs.population(kind == 'C' ? cells_at_1_second : cells_at_3_seconds);
    files.coverage = kind == 'D' ? inputs.coverage_on_a_map()
                                 : inputs.coverage(kind == 'A' ? cells_at_3_seconds : cells_at_1_second);
    if (!real) {
        files.communes = inputs.communes();
        return files;
    }
    const char* const mirror = std::getenv("PHUSONG_MIRROR");  // NOLINT(concurrency-mt-unsafe): one thread
    if (mirror == nullptr) throw std::runtime_error{"PHUSONG_MIRROR names no folder with real communes"};
    files.communes = inputs.real_communes(std::string{mirror} + "/vietnam/communes_full.topojson.xz");
    return files;
}

void print(const char* stage, std::size_t threads, const Spent& spent, double wall_ratio,
           double processor_ratio, std::size_t cells) {
    std::printf("  %-24s %zu %8.2f %8.2f %8.0f", stage, threads, spent.wall, spent.processor,
                spent.megabytes);
    if (wall_ratio > 0) std::printf(" %8.2f %8.2f", wall_ratio, processor_ratio);
    if (cells > 0) std::printf(" %8.0f", static_cast<double>(cells) / spent.wall / 1e6);
    std::printf("\n");
    std::fflush(stdout);
}

void measure(const std::string& workload, const Settings& settings) {
    const NationalFiles files = files_of(workload, settings);
    const Study study = study_of(files);
    Sources sources;
    const Spent opening = spent_on([&] { sources = io::open_sources(study, {}); });
    std::optional<Plan> made;
    const Spent planning = spent_on([&] { made = make_plan(study, sources); });
    const Plan& plan = *made;
    // What Sources still holds of the communes is not needed by the pass.
    std::size_t vertices = 0;
    for (std::size_t i = 0; i < plan.zones.size(); ++i) {
        for (const auto& ring : plan.zone_index.shape(static_cast<ZoneNumber>(i)).rings)
            vertices += ring.size();
    }
    const std::size_t cells = plan.study_grid.window().cell_count();
    std::printf("%s: %d x %d study cells (%zu tiles), refine %d, %zu communes, %zu vertices\n",
                workload.c_str(), plan.study_grid.columns, plan.study_grid.rows, plan.tiling.size(),
                plan.refine, plan.zones.size(), vertices);
    std::printf("  %-24s %s %8s %8s %8s %8s %8s %8s\n", "stage", "T", "wall s", "CPU s", "peak MB",
                "wall/fl.", "CPU/fl.", "Mcell/s");
    print("reading the communes", 1, opening, 0, 0, 0);
    print("planning", 1, planning, 0, 0, 0);
    for (const std::size_t threads : settings.threads) {
        std::vector<Spent> floor;
        std::vector<Spent> pass;
        std::vector<Spent> finishing;
        std::vector<Spent> survey;
        for (int round = 0; round < settings.rounds; ++round) {
            floor.push_back(spent_on([&] {
                decode_all(files.population, threads);
                for (const std::string& file : files.coverage) decode_all(file, threads);
            }));
            RunOptions options;
            options.threads = threads;
            std::optional<Partial> partial;
            pass.push_back(spent_on([&] { partial = run_shard(plan, sources, all_tiles(plan), options); }));
            std::optional<StudyResult> result;
            finishing.push_back(spent_on([&] { result = finish(plan, *partial); }));
            if (!result->balance.holds()) throw std::runtime_error{"the ledger does not balance"};
            if (!settings.survey) continue;
            partial.reset();
            io::ScratchFile scratch{settings.folder};
            options.scratch = &scratch;
            survey.push_back(spent_on([&] { (void)run(plan, sources, options); }));
        }
        const auto line = [&](const char* stage, const std::vector<Spent>& costs, std::size_t counted) {
            print(stage, threads, median_of(costs), ratio_of(costs, floor, &Spent::wall),
                  ratio_of(costs, floor, &Spent::processor), counted);
        };
        line("floor", floor, cells);
        line("pass", pass, cells);
        line("finish", finishing, 0);
        if (settings.survey) line("pass, finish and survey", survey, cells);
    }
}

std::vector<std::string> parts_of(const std::string& list) {
    std::vector<std::string> parts;
    std::istringstream in{list};
    for (std::string part; std::getline(in, part, ',');) parts.push_back(part);
    return parts;
}

Settings settings_of(int argc, char** argv) {
    Settings settings;
    if (argc < 2) throw std::invalid_argument{"no folder"};
    settings.folder = argv[1];
    for (int i = 2; i < argc; ++i) {
        const std::string name = argv[i];
        if (name == "--survey") {
            settings.survey = true;
            continue;
        }
        if (++i == argc) throw std::invalid_argument{name};
        const std::string value = argv[i];
        if (name == "--workloads") {
            settings.workloads = parts_of(value);
        } else if (name == "--part") {
            settings.country.part = std::stod(value);
        } else if (name == "--rounds") {
            settings.rounds = std::stoi(value);
        } else if (name == "--threads") {
            settings.threads.clear();
            for (const std::string& part : parts_of(value)) settings.threads.push_back(std::stoul(part));
        } else if (name == "--storage") {
            settings.country.storage = value == "zstd"    ? Storage::zstd
                                       : value == "plain" ? Storage::plain
                                                          : Storage::deflate;
        } else {
            throw std::invalid_argument{name};
        }
    }
    return settings;
}

}  // namespace

int main(int argc, char** argv) {
    try {
        const Settings settings = settings_of(argc, argv);
        io::start_gdal();
        for (const std::string& workload : settings.workloads) measure(workload, settings);
        return 0;
    } catch (const std::invalid_argument& error) {
        std::fprintf(stderr, "not understood: %s; usage: bench_national FOLDER [--workloads A,C,B] ...\n",
                     error.what());
        return 2;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
}
