#include <iostream>

#include "engine/errors.hpp"
#include "engine/event_archive.hpp"
#include "engine/restoration.hpp"
#include "io/text/restoration_json.hpp"
#include "io/what_if.hpp"
#include "tools/phusong/commands.hpp"
#include "tools/phusong/display.hpp"
#include "tools/phusong/exit_code.hpp"
#include "tools/phusong/restoration_summary.hpp"

namespace phusong::cli {

int restore_command(const RestoreArguments& arguments) {
    const EventArchive archive = io::read_event_archive(arguments.results);
    if (archive.plan.sites.sites.empty()) {
        throw InputError{"the study has no table of sites; add [event.sites] to it and run it again"};
    }
    RestorationInput input = archive.restoration;
    input.crews = arguments.crews.value_or(input.crews);
    input.site_hours = arguments.site_hours.value_or(input.site_hours);
    input.feeder_hours = arguments.feeder_hours.value_or(input.feeder_hours);
    input.generator_hours = arguments.generator_hours.value_or(input.generator_hours);
    const Restoration restoration =
        restoration_of(input, archive.event, archive.plan, archive.fates, archive.sets,
                       arguments.hour.value_or(archive.headline_hour));
    if (arguments.json) {
        auto json = io::restoration_json(restoration);
        json["study"] = archive.study_name;
        json["synthetic_inputs"] = archive.synthetic;
        json["order"] = io::repairs_json(restoration, restoration.schedule.repairs.size());
        std::cout << json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) << '\n';
    } else {
        if (archive.synthetic) {
            std::cout
                << "SYNTHETIC: some inputs are made by a generator; the numbers describe no real network.\n";
        }
        std::cout << printable(archive.study_name) << ": " << restoration_text(restoration, arguments.top);
    }
    std::cout.flush();
    if (!std::cout) throw StorageError{"the answer could not be written to standard output"};
    return done;
}

}  // namespace phusong::cli
