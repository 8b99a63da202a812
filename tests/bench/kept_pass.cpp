/// What does a kept pass save? Processor time of one thread, in turns: a pass that keeps nothing, one that is
/// kept, one that takes everything, one that is brought up to date after a square of the first coverage
/// changed, and one over the tiles of that square alone, which is what an update cannot do without.
/// usage: bench_kept_pass FOLDER [PART [LATTICE]]
/// FOLDER keeps the files that are made, of PART (0.125) of the country; LATTICE: A people and coverages at 3
/// arc-seconds, B coverages at 1 (tests/bench/national.cpp)
#include <gdal.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "engine/partial_codec.hpp"
#include "engine/run.hpp"
#include "io/files/pass_folder.hpp"
#include "io/gdal/startup.hpp"
#include "io/open_sources.hpp"
#include "tests/bench/national_inputs.hpp"

namespace {

using namespace phusong;
using namespace phusong::bench;

/// A copy of a coverage with all blocks of a square turned around that is this part of the area.
std::string changed_copy(const std::string& file, double part) {
    std::string copy = file + "-changed.tif";
    std::filesystem::copy_file(file, copy, std::filesystem::copy_options::overwrite_existing);
    GDALDatasetH dataset = GDALOpen(copy.c_str(), GA_Update);
    if (dataset == nullptr) throw std::runtime_error{"no copy of " + file};
    GDALRasterBandH band = GDALGetRasterBand(dataset, 1);
    int columns = 0;
    int rows = 0;
    GDALGetBlockSize(band, &columns, &rows);
    const double side = std::sqrt(part);
    const int across = static_cast<int>(std::lround(side * GDALGetRasterBandXSize(band) / columns));
    const int down = static_cast<int>(std::lround(side * GDALGetRasterBandYSize(band) / rows));
    std::vector<unsigned char> cells(static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows));
    for (int row = 1; row <= down; ++row) {
        for (int column = 1; column <= across; ++column) {
            if (GDALReadBlock(band, column, row, cells.data()) != CE_None) std::abort();
            for (unsigned char& cell : cells) cell = cell > 1 ? cell : static_cast<unsigned char>(1 - cell);
            if (GDALWriteBlock(band, column, row, cells.data()) != CE_None) std::abort();
        }
    }
    GDALClose(dataset);
    return copy;
}

struct Inputs {
    Study study;
    Sources sources;
    Plan plan;
};

Inputs inputs_of(const std::string& communes, const std::string& population,
                 const std::vector<std::string>& coverage) {
    Study study;
    study.name = "national";
    study.communes.file.path = communes;
    study.communes.code_field = "code";
    study.communes.name_field = "code";
    study.population.file.path = population;
    const char* const technologies[] = {"4g", "5g", "fibre"};
    for (std::size_t i = 0; i < coverage.size(); ++i) {
        CoverageInput layer;
        layer.technology = technologies[i];
        layer.file.path = coverage[i];
        study.coverage.push_back(layer);
    }
    Sources sources = io::open_sources(study, {});
    Plan plan = make_plan(study, sources);
    return {std::move(study), std::move(sources), std::move(plan)};
}

/// Also remembers what was counted.
class NotedStore : public PassStore {
public:
    explicit NotedStore(PassStore& store) : store_{&store} {}

    [[nodiscard]] std::string made_by() const override { return store_->made_by(); }
    [[nodiscard]] std::optional<std::vector<std::uint8_t>> get(std::size_t shard) const override {
        return store_->get(shard);
    }
    void put(std::size_t shard, std::span<const std::uint8_t> bytes) override {
        counted.push_back(shard);
        store_->put(shard, bytes);
    }
    /// The tiles of the counted shards.
    [[nodiscard]] std::vector<std::size_t> tiles(const Plan& plan) const {
        const auto across = static_cast<std::size_t>(plan.tiling.tiles_in_band());
        const std::size_t most = tiles_in_shard(plan);
        const std::size_t in_row = (across + most - 1) / most;
        std::vector<std::size_t> tiles;
        for (const std::size_t shard : counted) {
            const std::size_t first = shard % in_row * most;
            for (std::size_t place = first; place < std::min(first + most, across); ++place) {
                tiles.push_back(shard / in_row * across + place);
            }
        }
        return tiles;
    }

    std::vector<std::size_t> counted;

private:
    PassStore* store_;
};

struct Timed {
    double seconds = 0;
    TileOrigins origins;
    std::vector<std::uint8_t> partial;
};

/// @param tiles those alone; empty: all
Timed timed(const Inputs& inputs, PassStore* store, bool take, const std::vector<std::size_t>& tiles = {}) {
    Timed result;
    RunOptions options;
    options.store = store;
    options.take_kept = take;
    options.record = [](std::size_t, std::span<const std::uint8_t>) {};
    options.origins = [&](const TileOrigins& origins) { result.origins = origins; };
    const std::clock_t start = std::clock();
    const Partial partial = tiles.empty() ? run_pass(inputs.plan, inputs.sources, options)
                                          : run_shard(inputs.plan, inputs.sources, tiles, options);
    result.seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
    result.partial = encode(partial);
    return result;
}

void print(const char* what, const Timed& pass, const Timed& plain) {
    std::printf("%-28s %7.2f s   %5.3f of the pass   %zu tiles taken\n", what, pass.seconds,
                pass.seconds / plain.seconds, pass.origins.of(ShardOrigin::taken));
}

}  // namespace

int main(int argc, char** argv) try {
    if (argc < 2) throw std::invalid_argument{"usage: bench_kept_pass FOLDER [PART [A|B]]"};
    namespace fs = std::filesystem;
    io::start_gdal();
    const std::string folder = argv[1];
    Country country;
    country.part = argc > 2 ? std::stod(argv[2]) : 0.125;
    const NationalInputs made{folder, country};
    const bool fine = argc > 3 && std::string{argv[3]} == "B";
    std::vector<std::string> coverage = made.coverage(fine ? cells_at_1_second : cells_at_3_seconds);
    const Inputs before = inputs_of(made.communes(), made.population(cells_at_3_seconds), coverage);
    coverage.front() = changed_copy(coverage.front(), 0.1);
    const Inputs after = inputs_of(made.communes(), made.population(cells_at_3_seconds), coverage);
    std::printf("%zu tiles, %zu in a shard\n", before.plan.tiling.size(), tiles_in_shard(before.plan));
    for (int round = 0; round < 3; ++round) {
        const fs::path kept = fs::path{folder} / "kept";
        fs::remove_all(kept);
        io::PassFolder store{kept, io::PassFolder::Existing::go_on, "bench"};
        const Timed plain = timed(after, nullptr, false);
        const Timed keeping = timed(before, &store, false);
        const Timed taking = timed(before, &store, true);
        NotedStore noted{store};
        const Timed updating = timed(after, &noted, true);
        const Timed counting = timed(after, nullptr, false, noted.tiles(after.plan));
        if (updating.partial != plain.partial) throw std::runtime_error{"the update is not the pass"};
        std::uintmax_t bytes = 0;
        for (const auto& file : fs::directory_iterator{kept / "shards"}) bytes += file.file_size();
        print("pass", plain, plain);
        print("pass that is kept", keeping, plain);
        print("pass taken again", taking, plain);
        print("a tenth changed", updating, plain);
        print("those tiles alone", counting, plain);
        std::printf("kept: %.1f MB\n", static_cast<double>(bytes) / 1e6);
    }
    return 0;
} catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
}
