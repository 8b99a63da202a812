#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>

#include "engine/cancelled.hpp"
#include "engine/partial.hpp"
#include "engine/pass_store.hpp"
#include "engine/plan.hpp"
#include "engine/scratch.hpp"
#include "engine/shard_pass.hpp"
#include "engine/sources.hpp"
#include "engine/study_result.hpp"
#include "engine/tile_pass.hpp"

namespace phusong {

/// How a run goes about it; none of it changes a bit of the result.
struct RunOptions {
    std::size_t threads = 1;
    std::size_t tiles_in_flight = 0;  ///< 0: two a thread
    /// Told after every tile, on the calling thread.
    std::function<void(std::size_t done, std::size_t all)> progress;
    /// Told before work that takes long and is not counted in tiles, on the calling thread: "planning what to
    /// build".
    std::function<void(const char* what)> stage;
    /// Given every tile's answers in the order of tiles, on the calling thread; unset: not computed.
    std::function<void(const ServiceTile&)> services;
    /// Given every tile's encoded TileRecord in the order of work, on the calling thread; unset: not made.
    std::function<void(std::size_t tile, std::span<const std::uint8_t>)> record;
    /// Of `run`: where tiles and outlines are kept aside. Unset: dead zones are ranked, but what follows from
    /// single cells (outlines, distances, possible people, places) is left open. Must outlive the use of
    /// DeadZone::outline.
    Scratch* scratch = nullptr;
    /// Of `run` with a scratch: ids of the dead zones of one definition in one study window, row-major, 0 for
    /// none; tile by tile in their order, on the calling thread.
    std::function<void(std::size_t definition, Window, std::span<const std::uint32_t>)> labels;
    /// Of `run` with a scratch: metres from every cell of one study row to the nearest cell that has service
    /// by one definition's technologies, 0 there, NaN when there is none; rows from the north, one definition
    /// after the other, on the calling thread.
    std::function<void(std::size_t definition, std::int32_t row, std::span<const float>)> distances;
    /// Of `run` with a scratch and an event: people expected to be without service after it, by population
    /// cell of one tile, row-major; tile by tile in their order, on the calling thread.
    std::function<void(Window population_window, std::span<const float> people)> dark;
    /// Of `run` and `run_pass`: keeps what the pass finds beyond the run, shard by shard as soon as one is
    /// counted. Unset: nothing is kept.
    PassStore* store = nullptr;
    /// Whether what the store holds is taken instead of being counted, wherever it was counted of the same
    /// inputs. What is not whole, or of another pass, is counted again and kept anew.
    bool take_kept = false;
    /// With a store: what it holds was counted of the very inputs that are there now, as a digest of them
    /// whole has shown. They are then not compared shard by shard, nor is what is kept anew fit for that.
    bool inputs_are_known = false;
    /// With a store: told after the pass, on the calling thread.
    std::function<void(const TileOrigins&)> origins;
    const std::atomic<bool>* cancel = nullptr;
};

/// The given tiles of a plan, in any order of work. Takes and keeps nothing.
/// @pre every number is below plan.tiling.size() and occurs once
/// @throws InputError of the first tile in the given order that cannot be read, Cancelled
[[nodiscard]] Partial run_shard(const Plan& plan, const Sources& sources, std::span<const std::size_t> tiles,
                                const RunOptions& options = {});

/// All tiles, through the store where the options have one.
/// @throws InputError of the first tile that cannot be read, StorageError, Cancelled
[[nodiscard]] Partial run_pass(const Plan& plan, const Sources& sources, const RunOptions& options = {});

/// Those of `kept_shards(plan)`, each put into the store of the options; a part of a pass, for machines that
/// share it.
/// @pre options.store is set, and the range lies within the shards
/// @throws InputError of the first tile that cannot be read, StorageError, Cancelled
void keep_shards(const Plan& plan, const Sources& sources, NumberRange shards, const RunOptions& options);

/// `run_pass`, then `finish` and what follows from single cells.
[[nodiscard]] StudyResult run(const Plan& plan, const Sources& sources, const RunOptions& options = {});

}  // namespace phusong
