#pragma once

#include <atomic>

namespace phusong {

/// Set by somebody else when a search is no longer wanted: it then ends early, and its figures hold as they
/// are. Null: nobody will.
using StopFlag = const std::atomic<bool>*;

[[nodiscard]] inline bool stop_asked(StopFlag stop) {
    return stop != nullptr && stop->load(std::memory_order_relaxed);
}

}  // namespace phusong
