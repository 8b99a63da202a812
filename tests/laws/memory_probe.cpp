// Counts a computed study of side x side population cells and prints the cells and the peak memory of the
// process. usage: memory_probe SIDE
#include <sys/resource.h>

#include <cstdio>
#include <cstdlib>

#include "tests/engine/study_on_paper.hpp"

namespace phusong::test {
namespace {

std::shared_ptr<ComputedRaster> computed(const GridSpec& grid, std::uint32_t salt) {
    RasterDescription description{"computed", grid, "plane", 256, 256, false};
    return std::make_shared<ComputedRaster>(description, [salt](Cell cell) {
        const auto blob =
            static_cast<std::uint32_t>((cell.row / 9) * 7919 + (cell.column / 13) * 104729) + salt;
        return static_cast<double>(((blob * 2654435761U) >> 16U) & 1U);
    });
}

int probe(std::int32_t side) {
    StudyOnPaper paper{{"1"}};
    const GridSpec grid{0, 1000, 1000.0 / side, 1000.0 / side, side, side};
    paper.sources.population = computed(grid, 1);
    paper.layer("4g", "", computed(grid, 2));
    paper.layer("5g", "", computed(grid, 3));
    // The same twenty-five leaning communes whatever the resolution.
    for (int i = 0; i < 25; ++i) {
        const double x = 200.0 * (i % 5);
        const double y = 200.0 * (i / 5);
        paper.commune(std::to_string(i),
                      polygon({{x, y}, {x + 190, y + 7}, {x + 199, y + 188}, {x + 3, y + 195}}));
    }
    const Plan plan = paper.plan();
    RunOptions options;
    options.threads = 2;
    const StudyResult result = run(plan, paper.sources, options);
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    std::printf("%zu %ld\n", grid.window().cell_count(), usage.ru_maxrss);
    return result.balance.holds() ? 0 : 1;
}

}  // namespace
}  // namespace phusong::test

int main(int argc, char** argv) {
    return argc == 2 ? phusong::test::probe(std::atoi(argv[1])) : 2;
}
