#pragma once

#include <atomic>

namespace phusong::cli {

/// From now on SIGINT and SIGTERM ask the run to stop at the next tile, and a broken pipe or a file size
/// limit shows as a failed write instead of a killed process.
void watch_stop_signals();

/// Set once a signal came.
[[nodiscard]] const std::atomic<bool>& stop_requested();
/// The signal that came; 0 none.
[[nodiscard]] int stop_signal();

}  // namespace phusong::cli
