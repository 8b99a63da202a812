#include <filesystem>
#include <iostream>

#include "engine/errors.hpp"
#include "io/files/checked_file.hpp"
#include "io/text/study_writer.hpp"
#include "tools/phusong/commands.hpp"
#include "tools/phusong/exit_code.hpp"

namespace phusong::cli {

int init_command(const InitArguments& arguments) {
    if (arguments.out.empty()) {
        std::cout << io::write_study(arguments.study, {});
        return done;
    }
    const std::filesystem::path path{arguments.out};
    if (std::filesystem::exists(path)) {
        throw StorageError{"study file '" + arguments.out + "' exists; name another file or remove it"};
    }
    io::CheckedFile file{path};
    file.write(io::write_study(arguments.study, std::filesystem::absolute(path).parent_path()));
    file.finish();
    std::cerr << "Wrote " << arguments.out << "; next: phusong check " << arguments.out << '\n';
    return done;
}

}  // namespace phusong::cli
