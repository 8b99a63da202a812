// phusong-maps: the whole program, with the libraries that read and write maps.
#include "io/gdal/startup.hpp"
#include "tools/phusong/command_line.hpp"
#include "tools/phusong/exit_code.hpp"
#include "tools/phusong/stop_signals.hpp"

int main(int argc, char** argv) {
    using namespace phusong;
    cli::watch_stop_signals();
    const cli::MapCommands maps{cli::run_command,       cli::update_command, cli::plan_command,
                                cli::run_shard_command, cli::merge_command,  cli::check_command,
                                cli::describe_command,  cli::verify_command, cli::draw_command,
                                io::library_versions};
    return cli::exit_code_of([&] { return cli::dispatch(argc, argv, maps); });
}
