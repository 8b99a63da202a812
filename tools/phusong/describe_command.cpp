#include <iostream>

#include "io/gdal/describe.hpp"
#include "io/gdal/startup.hpp"
#include "tools/phusong/commands.hpp"
#include "tools/phusong/display.hpp"
#include "tools/phusong/exit_code.hpp"

namespace phusong::cli {

int describe_command(const std::string& path) {
    io::start_gdal();
    std::cout << printable_lines(io::describe_file(path));
    return done;
}

}  // namespace phusong::cli
