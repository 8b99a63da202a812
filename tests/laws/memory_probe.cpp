// Runs a computed study of so many population cells and prints the cells and the peak memory of the process.
// usage: memory_probe ROWS COLUMNS [crumbs]
// crumbs: every second cell is a dead zone of its own, a chessboard at connectivity 4; three definitions.
#include <sys/resource.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "io/files/scratch_file.hpp"
#include "tests/engine/study_on_paper.hpp"

namespace phusong::test {
namespace {

// The same picture of blobs whatever the resolution, so that the answer does not grow with the raster.
std::shared_ptr<ComputedRaster> computed(const GridSpec& grid, std::uint32_t salt) {
    RasterDescription description{"computed", grid, "plane", 256, 256, false};
    const std::int32_t rows = std::max(1, grid.rows / 100);
    const std::int32_t columns = std::max(1, grid.columns / 75);
    return std::make_shared<ComputedRaster>(description, [salt, rows, columns](Cell cell) {
        const auto blob =
            static_cast<std::uint32_t>((cell.row / rows) * 7919 + (cell.column / columns) * 104729) + salt;
        return static_cast<double>(((blob * 2654435761U) >> 16U) & 1U);
    });
}

std::shared_ptr<ComputedRaster> chessboard(const GridSpec& grid, std::int32_t first) {
    RasterDescription description{"chessboard", grid, "plane", 256, 256, false};
    return std::make_shared<ComputedRaster>(description, [first](Cell cell) {
        return static_cast<double>((cell.row + cell.column + first) % 2);
    });
}

int probe(std::int32_t rows, std::int32_t columns, bool crumbs) {
    StudyOnPaper paper{{"1"}};
    const GridSpec grid{0, 1000, 1000.0 / columns, 1000.0 / rows, rows, columns};
    paper.sources.population = computed(grid, 1);
    if (crumbs) {
        paper.layer("4g", "", chessboard(grid, 0));
        paper.layer("5g", "", chessboard(grid, 0));
        paper.layer("fibre", "", chessboard(grid, 1));
        paper.study.dead_zones = {{"no_mobile", {"4g", "5g"}, 4, false, 0, 0},
                                  {"no_5g", {"5g"}, 4, true, 0, 0},
                                  {"no_fibre", {"fibre"}, 4, true, 0, 0}};
    } else {
        paper.layer("4g", "", computed(grid, 2));
        paper.layer("5g", "", computed(grid, 3));
    }
    // The same twenty-five leaning communes whatever the resolution.
    for (int i = 0; i < 25; ++i) {
        const double x = 200.0 * (i % 5);
        const double y = 200.0 * (i / 5);
        paper.commune(std::to_string(i),
                      polygon({{x, y}, {x + 190, y + 7}, {x + 199, y + 188}, {x + 3, y + 195}}));
    }
    const Plan plan = paper.plan();
    io::ScratchFile scratch{"."};
    RunOptions options;
    options.threads = 2;
    options.scratch = &scratch;
    options.labels = [](std::size_t, Window, std::span<const std::uint32_t>) {};
    const StudyResult result = run(plan, paper.sources, options);
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    std::printf("%zu %ld\n", grid.window().cell_count(), usage.ru_maxrss);
    return result.balance.holds() ? 0 : 1;
}

}  // namespace
}  // namespace phusong::test

int main(int argc, char** argv) {
    return argc >= 3 ? phusong::test::probe(std::atoi(argv[1]), std::atoi(argv[2]), argc > 3) : 2;
}
