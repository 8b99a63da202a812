#include <algorithm>
#include <cmath>
#include <filesystem>
#include <iostream>
#include <sstream>

#include "algorithms/planning/coverage_lp.hpp"
#include "engine/errors.hpp"
#include "engine/rollout.hpp"
#include "engine/rollout_archive.hpp"
#include "io/files/checked_file.hpp"
#include "io/files/publisher.hpp"
#include "io/rollout_tables.hpp"
#include "io/text/csv.hpp"
#include "io/text/geojson.hpp"
#include "io/text/kept_results.hpp"
#include "io/text/rollout_json.hpp"
#include "tools/phusong/commands.hpp"
#include "tools/phusong/display.hpp"
#include "tools/phusong/exit_code.hpp"
#include "tools/phusong/rollout_summary.hpp"

namespace phusong::cli {

namespace {

constexpr double millionths_a_percent = 1e6;

RolloutArchive read_archive(const std::filesystem::path& folder) {
    const std::vector<std::uint8_t> bytes = io::read_kept(
        folder, "rollout.phusong",
        "a study without a rollout; add [rollout] with a technology to the study and run it again");
    try {
        return decode_rollout(bytes);
    } catch (const ArchiveFormatError& bad) {
        throw InputError{"'" + (folder / "rollout.phusong").string() + "': " + bad.what()};
    }
}

std::optional<Cost> cost_of(std::optional<double> value) {
    if (!value) return std::nullopt;
    return Cost::round(*value);
}

std::optional<std::int64_t> millionths_of(std::optional<double> percent) {
    if (!percent) return std::nullopt;
    return std::max<std::int64_t>(1, std::llround(*percent * millionths_a_percent));
}

/// What the study asks for, unless the command asks for something itself.
RolloutAsk ask_of(const RolloutArguments& arguments, const RolloutAsk& of_study) {
    RolloutAsk ask = of_study;
    if (arguments.sites || arguments.budget || arguments.percent) {
        ask.sites = arguments.sites;
        ask.budget = cost_of(arguments.budget);
        ask.target_millionths = millionths_of(arguments.percent);
    }
    ask.floor_millionths = millionths_of(arguments.floor_percent).value_or(ask.floor_millionths);
    if (arguments.satellite_cost_per_person) {
        ask.alternative_cost_per_person = cost_of(arguments.satellite_cost_per_person);
    }
    return ask;
}

/// The first of the questions that were asked: target, budget, sites.
void write_question(const std::string& path, const RolloutAsk& ask, const RolloutGrounds& grounds) {
    const CoverageInstance instance = grounds.instance();
    std::ostringstream text;
    if (ask.target_millionths) {
        write_lp(text, instance, target_of(ask, grounds));
    } else if (ask.budget) {
        write_lp(text, instance, CoverageLimit::budget(*ask.budget));
    } else if (ask.sites) {
        write_lp(text, instance, CoverageLimit::sites(*ask.sites));
    } else {
        throw InputError{"--lp needs a question; add --percent, --budget or --sites"};
    }
    io::CheckedFile file{path};
    file.write(text.str());
    file.finish();
}

void write_tables(const std::string& folder, const RolloutArchive& archive, const RolloutPlans& plans) {
    std::error_code error;
    if (std::filesystem::exists(folder, error)) {
        throw StorageError{"'" + folder + "' exists; name a new folder for the plan"};
    }
    io::Publisher publisher{folder, io::Publisher::Existing::refuse};
    const io::Table sites = io::rollout_table(archive, plans);
    io::write_csv(publisher.stage() / "rollout.csv", sites);
    io::write_geojson(publisher.stage() / "rollout.geojson", sites);
    io::write_csv(publisher.stage() / "cost_curve.csv", io::cost_curve_table(archive, plans));
    publisher.publish();
}

}  // namespace

int rollout_command(const RolloutArguments& arguments) {
    RolloutArchive archive = read_archive(arguments.results);
    archive.ask = ask_of(arguments, archive.ask);
    if (arguments.floor_percent && !archive.ask.target_millionths) {
        throw InputError{"--floor is of the communes on the way to a level of all people; add --percent"};
    }
    if (!arguments.lp.empty()) write_question(arguments.lp, archive.ask, archive.grounds);
    const RolloutPlans plans = plan_rollout(archive.ask, archive.grounds);
    if (!arguments.out.empty()) write_tables(arguments.out, archive, plans);
    if (arguments.json) {
        auto json = io::rollout_sites_json(archive, plans);
        json["study"] = archive.study_name;
        json["synthetic_inputs"] = archive.synthetic;
        std::cout << json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) << '\n';
    } else {
        if (archive.synthetic) {
            std::cout
                << "SYNTHETIC: some inputs are made by a generator; the numbers describe no real network.\n";
        }
        std::cout << printable(archive.study_name) << ": " << rollout_text(archive, plans, arguments.top);
    }
    std::cout.flush();
    if (!std::cout) throw StorageError{"the answer could not be written to standard output"};
    return done;
}

}  // namespace phusong::cli
