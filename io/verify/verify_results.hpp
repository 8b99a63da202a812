#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "io/verify/findings.hpp"

namespace phusong::io {

/// What was held against what.
struct Verification {
    Findings findings;
    std::size_t outputs = 0;                   ///< whose hashes were taken
    std::size_t inputs = 0;                    ///< the same of inputs that are still there
    std::vector<std::string> missing_inputs;   ///< that the manifest names and are not there any more
    std::vector<std::string> unnamed_outputs;  ///< files of the folder that the manifest does not name
    std::size_t tables = 0;                    ///< that were compared in all their files
};

/// Reads a result folder again: every number that follows from others is computed from them, the files that
/// tell the same are held against each other, and all of them against the hashes of the manifest.
/// @throws InputError when the folder holds no results, or those of a phusong without hashes of its outputs
[[nodiscard]] Verification verify_results(const std::filesystem::path& folder);

}  // namespace phusong::io
