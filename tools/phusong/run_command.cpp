#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "engine/errors.hpp"
#include "io/gdal/startup.hpp"
#include "io/study_run.hpp"
#include "io/text/manifest.hpp"
#include "io/text/postgis_name.hpp"
#include "tools/phusong/commands.hpp"
#include "tools/phusong/exit_code.hpp"
#include "tools/phusong/kept_pass.hpp"
#include "tools/phusong/progress.hpp"
#include "tools/phusong/run_study.hpp"
#include "tools/phusong/stop_signals.hpp"
#include "tools/phusong/study_arguments.hpp"
#include "tools/phusong/summary.hpp"

namespace phusong::cli {

int run_command(const RunArguments& arguments) {
    io::start_gdal();
    return run_study(arguments, study_of(arguments));
}

int run_study(const RunArguments& arguments, const Study& study) {
    std::optional<KeptPass> kept;
    const auto pass = [&](const Plan& plan, const Sources& sources, const RunOptions& options,
                          const std::vector<io::InputFile>& inputs) {
        kept.emplace(arguments, study, inputs);
        return kept->run(plan, sources, options);
    };
    return run_study(arguments, study, {}, pass, [&kept] { kept->finish(); });
}

int run_study(const RunArguments& arguments, const Study& study, const PlanOptions& plan_options,
              decltype(io::StudyRunOptions::pass) pass, const std::function<void()>& published) {
    if (!arguments.to_postgis.empty() && !io::names_postgis(arguments.to_postgis)) {
        throw InputError{"--to-postgis takes a database, 'PG:host=... dbname=...'"};
    }
    Progress progress{"counting people", arguments.quiet,
                      arguments.progress == "json" ? Progress::Form::json : Progress::Form::line};
    io::StudyRunOptions options;
    options.threads = threads_of(arguments);
    options.open = open_options_of(arguments, study, options.threads);
    options.plan = plan_options;
    options.overwrite = arguments.overwrite;
    options.to_postgis = arguments.to_postgis;
    options.cancel = &stop_requested();
    options.progress = [&](std::size_t done_tiles, std::size_t all) { progress.update(done_tiles, all); };
    options.stage = [&](const char* what) { progress.say(what); };
    options.pass = std::move(pass);
    refuse_output_over_inputs(arguments, study);
    const std::unique_ptr<const io::StudyRun> run = io::run_into(arguments.out, study, options);
    published();

    if (arguments.json) {
        std::cout << io::summary_json(run->plan, run->sources, run->result, arguments.out);
    } else if (!arguments.quiet) {
        std::cout << summary_text(run->plan, run->sources, run->result, arguments.out);
    } else {
        std::cerr << problems_text(run->result.problems, run->result.problems.size());
    }
    std::cout.flush();
    if (!std::cout)
        throw StorageError{"the summary could not be written to standard output; the results are in '" +
                           arguments.out + "'"};
    return done;
}

}  // namespace phusong::cli
