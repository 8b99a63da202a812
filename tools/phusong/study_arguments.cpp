#include "tools/phusong/study_arguments.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "engine/errors.hpp"
#include "io/text/study_file.hpp"
#include "io/text/study_files.hpp"

namespace phusong::cli {

Study study_of(const RunArguments& arguments) {
    Study study = arguments.study_file ? io::read_study_file(*arguments.study_file) : arguments.study;
    if (arguments.service_raster) study.service_raster = io::service_raster_of(*arguments.service_raster);
    if (arguments.distance) study.distance_raster = true;
    return study;
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
    namespace fs = std::filesystem;
    const std::string& out = arguments.out;
    std::error_code error;
    const fs::path folder = fs::weakly_canonical(out, error);
    std::vector<std::string> paths;
    if (arguments.study_file) paths.push_back(*arguments.study_file);
    for (const auto& [role, path] : io::files_of(study)) paths.push_back(path);
    for (const std::string& path : paths) {
        const fs::path input = fs::weakly_canonical(path, error);
        const auto [at, end] = std::mismatch(folder.begin(), folder.end(), input.begin(), input.end());
        if (at == folder.end()) {
            throw StorageError{fmt::format(
                "input '{}' lies in the output folder '{}'; name another output folder", path, out)};
        }
        static_cast<void>(end);
    }
}

}  // namespace phusong::cli
