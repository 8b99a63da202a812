// The program that a user starts. It reads the command line and answers what needs no map; everything else is
// handed over to phusong-maps.
#include "io/gdal/built_versions.hpp"
#include "tools/phusong/command_line.hpp"
#include "tools/phusong/exit_code.hpp"
#include "tools/phusong/hand_over.hpp"
#include "tools/phusong/stop_signals.hpp"

int main(int argc, char** argv) {
    using namespace phusong;
    cli::watch_stop_signals();
    const auto hand_over = [argv](const auto&) -> int { cli::hand_over_to_maps(argv); };
    const cli::MapCommands maps{hand_over, hand_over, hand_over, hand_over, hand_over,
                                hand_over, hand_over, hand_over, hand_over, io::built_versions};
    return cli::exit_code_of([&] { return cli::dispatch(argc, argv, maps); });
}
