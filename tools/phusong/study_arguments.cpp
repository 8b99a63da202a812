#include "tools/phusong/study_arguments.hpp"

#include <algorithm>
#include <thread>
#include <vector>

#include "io/output_over_inputs.hpp"
#include "io/text/remote_name.hpp"
#include "io/text/study_file.hpp"
#include "io/text/study_files.hpp"

namespace phusong::cli {

void refuse_remote(const Study& study, bool allow_remote) {
    if (!allow_remote) io::refuse_remote(study, "--allow-remote");
}

Study study_of(const RunArguments& arguments) {
    Study study = arguments.study_file ? io::read_study_file(*arguments.study_file) : arguments.study;
    if (arguments.service_raster) study.service_raster = io::service_raster_of(*arguments.service_raster);
    if (arguments.csv_dialect) study.csv_dialect = io::csv_dialect_of(*arguments.csv_dialect);
    if (arguments.web_tiles) study.web_tiles = true;
    if (arguments.study_file) refuse_remote(study, arguments.allow_remote);
    if (arguments.distance) study.distance_raster = true;
    return study;
}

std::size_t threads_of(const RunArguments& arguments) {
    return arguments.threads > 0 ? arguments.threads : std::max(1U, std::thread::hardware_concurrency());
}

io::OpenOptions open_options_of(const RunArguments& arguments, const Study& study, std::size_t threads) {
    constexpr std::size_t mebibyte = std::size_t{1} << 20;
    const std::size_t readers = threads * (study.coverage.size() + 1);
    io::OpenOptions options;
    options.cache_bytes_per_reader =
        std::clamp(arguments.memory_mib * mebibyte / 2 / readers, mebibyte, 64 * mebibyte);
    return options;
}

void refuse_output_over_inputs(const RunArguments& arguments, const Study& study) {
    std::vector<std::string> paths;
    if (arguments.study_file) paths.push_back(*arguments.study_file);
    for (const auto& [role, path, layer] : io::files_of(study)) {
        if (!io::names_remote(path)) paths.push_back(path);
    }
    io::refuse_output_over_inputs(arguments.out, paths);
}

}  // namespace phusong::cli
