#include "io/output_over_inputs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "engine/errors.hpp"

namespace phusong::io {

void refuse_output_over_inputs(const std::string& out, const std::vector<std::string>& inputs) {
    namespace fs = std::filesystem;
    std::error_code error;
    const fs::path folder = fs::weakly_canonical(out, error);
    for (const std::string& path : inputs) {
        const fs::path input = fs::weakly_canonical(path, error);
        if (std::mismatch(folder.begin(), folder.end(), input.begin(), input.end()).first == folder.end()) {
            throw StorageError{fmt::format(
                "input '{}' lies in the output folder '{}'; name another output folder", path, out)};
        }
    }
}

}  // namespace phusong::io
