#include <string>

#include "engine/errors.hpp"
#include "io/gdal/startup.hpp"
#include "io/text/pass_notes.hpp"
#include "io/text/replace_input.hpp"
#include "io/text/study_file.hpp"
#include "tools/phusong/commands.hpp"
#include "tools/phusong/study_arguments.hpp"

namespace phusong::cli {

int update_command(const UpdateArguments& arguments) {
    io::start_gdal();
    io::PassNotes notes = io::read_pass_notes(arguments.kept);
    if (arguments.study_file) notes.study = io::read_study_file(*arguments.study_file);
    refuse_remote(notes.study, arguments.run.allow_remote);
    for (const std::string& text : arguments.replace) {
        const std::size_t equals = text.find('=');
        if (equals == std::string::npos || equals == 0 || equals + 1 == text.size()) {
            throw InputError{"--replace " + text + ": write INPUT=FILE, such as 4g=4g.tif"};
        }
        io::replace_input(notes.study, text.substr(0, equals), text.substr(equals + 1));
    }
    RunArguments run = arguments.run;
    run.keep = arguments.kept;
    run.resume = true;
    if (run.out.empty()) {
        run.out = notes.out;
        run.overwrite = true;
    }
    return run_study(run, notes.study);
}

}  // namespace phusong::cli
