#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <span>
#include <stdexcept>

#include "engine/partial.hpp"
#include "engine/plan.hpp"
#include "engine/sources.hpp"
#include "engine/study_result.hpp"
#include "engine/tile_pass.hpp"

namespace phusong {

/// Somebody asked the run to stop.
class Cancelled : public std::runtime_error {
public:
    Cancelled() : std::runtime_error{"stopped before the end; nothing was written"} {}
};

/// How a run goes about it; none of it changes a bit of the result.
struct RunOptions {
    std::size_t threads = 1;
    std::size_t tiles_in_flight = 0;  ///< 0: two a thread
    /// Told after every tile, on the calling thread.
    std::function<void(std::size_t done, std::size_t all)> progress;
    /// Given every tile's answers in the order of tiles, on the calling thread; unset: not computed.
    std::function<void(const ServiceTile&)> services;
    const std::atomic<bool>* cancel = nullptr;
};

/// The given tiles of a plan, in any order of work.
/// @pre every number is below plan.tiling.size() and occurs once
/// @throws InputError of the first tile in the given order that cannot be read, Cancelled
[[nodiscard]] Partial run_shard(const Plan& plan, const Sources& sources, std::span<const std::size_t> tiles,
                                const RunOptions& options = {});

/// All tiles, then `finish`.
[[nodiscard]] StudyResult run(const Plan& plan, const Sources& sources, const RunOptions& options = {});

}  // namespace phusong
