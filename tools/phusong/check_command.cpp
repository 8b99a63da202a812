#include <fmt/format.h>

#include <iostream>

#include "engine/errors.hpp"
#include "engine/plan.hpp"
#include "io/check_sources.hpp"
#include "io/gdal/startup.hpp"
#include "io/open_sources.hpp"
#include "tools/phusong/commands.hpp"
#include "tools/phusong/display.hpp"
#include "tools/phusong/exit_code.hpp"
#include "tools/phusong/study_arguments.hpp"
#include "tools/phusong/summary.hpp"

namespace phusong::cli {

int check_command(const RunArguments& arguments) {
    io::start_gdal();
    const Study study = study_of(arguments);
    const std::vector<std::string> errors = io::check_sources(study);
    for (const std::string& error : errors) std::cerr << "error: " << printable(error) << '\n';
    if (!errors.empty()) return refused_input;

    const Sources sources = io::open_sources(study, open_options_of(arguments, study, 1));
    const Plan plan = make_plan(study, sources);
    if (arguments.quiet) return done;
    const RasterDescription& people = sources.population->description();
    std::cout << fmt::format("{}: {} communes on {} x {} population cells in {}, each cut {} x {}\n",
                             printable(study.name), plan.zones.size(), people.grid.rows, people.grid.columns,
                             printable(people.crs.substr(0, people.crs.find('\n'))), plan.refine,
                             plan.refine);
    for (std::size_t i = 0; i < study.coverage.size(); ++i) {
        std::cout << fmt::format("{}: {}\n", printable(study.coverage[i].label()),
                                 printable(plan.alignments[i].words()));
    }
    std::cout << problems_text(plan.problems, plan.problems.size());
    std::cout << "The headers and the geometry are good; values are checked while they are counted.\n";
    return done;
}

}  // namespace phusong::cli
