#include "tools/phusong/hand_over.hpp"

#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <filesystem>
#include <string>
#include <system_error>

#include "engine/errors.hpp"
#include "engine/run.hpp"
#include "tools/phusong/stop_signals.hpp"

namespace phusong::cli {

void hand_over_to_maps(char** argv) {
    namespace fs = std::filesystem;
    // A signal from here on ends the process as it ends any that has just been started.
    std::signal(SIGINT, SIG_DFL);
    std::signal(SIGTERM, SIG_DFL);
    if (stop_requested()) throw Cancelled{};

    std::error_code error;
    const fs::path folder = fs::read_symlink("/proc/self/exe", error).parent_path();
    const fs::path beside = folder / "phusong-maps";
    const fs::path installed = (folder / PHUSONG_MAPS_FOLDER / "phusong-maps").lexically_normal();
    // Others that cannot be started tell more than one that is not there.
    int reason = ENOENT;
    for (const fs::path& program : {beside, installed}) {
        ::execv(program.c_str(), argv);
        if (errno != ENOENT) reason = errno;
    }
    throw StorageError{"the part of phusong that reads maps cannot be started (" +
                       std::generic_category().message(reason) + "): it belongs at '" + beside.string() +
                       "' or '" + installed.string() + "'; keep the two together, or install phusong again"};
}

}  // namespace phusong::cli
