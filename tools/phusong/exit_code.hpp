#pragma once

#include <functional>

namespace phusong::cli {

/// What a run's end means to a script. Append only.
enum ExitCode : int {
    done = 0,
    refused_input = 1,
    usage = 2,
    storage = 3,        ///< disk or permission
    limit = 4,          ///< memory or a stated limit
    incomplete = 4,     ///< partial results that are missing, damaged or of another plan
    contradiction = 5,  ///< results that do not agree with themselves or their manifest
    interrupted = 130,
    terminated = 143
};

/// Carries out a command and turns its trouble into one line on stderr and an exit code. Throws nothing.
int exit_code_of(const std::function<int()>& command) noexcept;

}  // namespace phusong::cli
