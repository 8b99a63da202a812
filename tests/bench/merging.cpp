/// Is merging the parts of 64 shards linear in their bytes? Of an eighth, a quarter, a half and all of a
/// country (people and three coverages at 3 arc-seconds) the parts are made once, and then read, checked and
/// put together, in turns. Prints what is merged and the least processor seconds of the rounds; what follows
/// from the merged pass (dead zones, tables, rasters) is that of any run and not in it.
/// usage: bench_merging FOLDER [ROUNDS]
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "engine/run.hpp"
#include "engine/shard_part.hpp"
#include "io/files/part_files.hpp"
#include "io/files/replace_file.hpp"
#include "io/gdal/startup.hpp"
#include "io/open_sources.hpp"
#include "io/text/shard_plan.hpp"
#include "tests/bench/national_inputs.hpp"
#include "tests/bench/national_study.hpp"
#include "tests/bench/spent.hpp"

namespace {

using namespace phusong;
using namespace phusong::bench;

class Merge {
public:
    Merge(const std::string& folder, double part) {
        const NationalInputs inputs{folder, {part}};
        const Study study = study_of(
            {inputs.communes(), inputs.population(cells_at_3_seconds), inputs.coverage(cells_at_3_seconds)});
        sources_ = io::open_sources(study);
        plan_.emplace(make_plan(study, sources_));
        planned_ = io::plan_shards(*plan_, {}, {}, {}, 64);
        make_parts(folder + "/parts-" + std::to_string(part));
    }

    void run_once() {
        const Spent spent = spent_on([&] {
            io::PartFiles parts{planned_, paths_};
            RunOptions options;
            options.store = &parts;
            options.take_kept = true;
            options.inputs_are_known = true;
            const StudyResult result = finish(*plan_, run_pass(*plan_, sources_, options));
            if (!result.balance.holds()) throw std::runtime_error{"the ledger does not balance"};
        });
        if (rounds_++ == 0 || spent.processor < spent_.processor) spent_ = spent;
    }
    [[nodiscard]] double megabytes() const { return bytes_ / 1e6; }
    [[nodiscard]] const Spent& spent() const { return spent_; }

private:
    void make_parts(const std::string& folder) {
        std::filesystem::create_directories(folder);
        for (std::size_t shard = 0; shard < planned_.shards.size(); ++shard) {
            MemoryPassStore pieces;
            RunOptions options;
            options.store = &pieces;
            options.inputs_are_known = true;
            keep_shards(*plan_, sources_, planned_.shards[shard].kept, options);
            ShardPart part{planned_.name, shard, planned_.shards[shard].kept, {}};
            for (const auto& [number, bytes] : pieces.shards) part.shards.emplace_back(bytes);
            const std::vector<std::uint8_t> bytes = encode(part);
            paths_.push_back(folder + "/" + std::to_string(shard) + ".part");
            io::replace_file(paths_.back(), {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
            bytes_ += static_cast<double>(bytes.size());
        }
    }

    Sources sources_;
    std::optional<Plan> plan_;
    io::ShardPlan planned_;
    std::vector<std::string> paths_;
    double bytes_ = 0;
    int rounds_ = 0;
    Spent spent_;
};

void measure(const std::string& folder, int rounds) {
    std::vector<Merge> merges;
    merges.reserve(4);
    const std::vector<double> parts{0.125, 0.25, 0.5, 1};
    for (const double part : parts) merges.emplace_back(folder, part);
    for (int round = 0; round < rounds; ++round) {
        for (Merge& merge : merges) merge.run_once();
    }
    std::printf("country  parts MB    CPU s  peak MB  CPU s/GB\n");
    for (std::size_t i = 0; i < merges.size(); ++i) {
        const Merge& merge = merges[i];
        std::printf("%7.3f %9.1f %8.3f %8.0f %9.2f\n", parts[i], merge.megabytes(), merge.spent().processor,
                    merge.spent().megabytes, merge.spent().processor / merge.megabytes() * 1e3);
    }
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 2 || argc > 3) {
        std::fprintf(stderr, "usage: bench_merging FOLDER [ROUNDS]\n");
        return 2;
    }
    try {
        io::start_gdal();
        measure(argv[1], argc > 2 ? std::atoi(argv[2]) : 5);
        return 0;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
}
