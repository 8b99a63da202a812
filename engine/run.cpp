#include "engine/run.hpp"

#include <algorithm>
#include <numeric>
#include <optional>
#include <utility>
#include <vector>

#include "engine/close_targets.hpp"
#include "engine/dead_zone_survey.hpp"
#include "engine/fold_in_order.hpp"
#include "engine/make_rollout_grounds.hpp"
#include "engine/paint_dark.hpp"

namespace phusong {

namespace {

/// Tiles that are worked on together.
using TileGroups = std::vector<std::span<const std::size_t>>;

/// Each tile by itself.
TileGroups single_tiles(std::span<const std::size_t> tiles) {
    TileGroups groups;
    for (std::size_t i = 0; i < tiles.size(); ++i) groups.push_back(tiles.subspan(i, 1));
    return groups;
}

/// The tiles of some of the shards that a pass keeps. @param tiles all, in their order
TileGroups kept_groups(const Plan& plan, std::span<const std::size_t> tiles, NumberRange shards) {
    const std::vector<NumberRange> all = kept_shards(plan);
    TileGroups groups;
    for (std::size_t i = shards.first; i < shards.end; ++i) {
        groups.push_back(tiles.subspan(all[i].first, all[i].size()));
    }
    return groups;
}

std::vector<std::size_t> all_tiles(const Plan& plan) {
    std::vector<std::size_t> tiles(plan.tiling.size());
    std::iota(tiles.begin(), tiles.end(), std::size_t{0});
    return tiles;
}

/// The one loop over tiles.
/// @param first number of the first group in the store
/// @pre with a store, the groups are shards that follow each other
Partial pass_over(const Plan& plan, const Sources& sources, const TileGroups& shards,
                  const RunOptions& options, PassStore* store, std::size_t first = 0) {
    const std::size_t threads = std::max<std::size_t>(1, options.threads);
    const std::size_t in_flight = options.tiles_in_flight == 0 ? 2 * threads : options.tiles_in_flight;
    const PassKeeps keeps{static_cast<bool>(options.services),
                          static_cast<bool>(options.record) || store != nullptr};
    std::optional<ShapeDigests> shapes;
    ShardKeeping keeping;
    if (store != nullptr) {
        if (!options.inputs_are_known) shapes.emplace(plan, sources);
        keeping = {store, options.take_kept, kept_pass_name(plan, store->made_by()),
                   shapes ? &*shapes : nullptr};
    }
    Partial total = Partial::empty_of(plan);
    TileOrigins origins;
    std::size_t all = 0;
    for (const std::span<const std::size_t> tiles : shards) all += tiles.size();
    std::size_t done = 0;

    const auto make_worker = [&] {
        return [&shards, first, pass = ShardPass{plan, sources, keeps, keeping, options.cancel}](
                   std::size_t i) mutable { return pass(first + i, shards[i]); };
    };
    fold_in_order(shards.size(), threads, in_flight, make_worker,
                  [&](std::size_t i, const ShardResult& shard) {
                      total.merge(shard.partial);
                      for (const ServiceTile& services : shard.services) options.services(services);
                      for (std::size_t t = 0; options.record && t < shard.records.size(); ++t) {
                          options.record(shards[i][t], shard.records[t]);
                      }
                      origins.add(shard.origin, shards[i].size());
                      done += shards[i].size();
                      if (options.progress) options.progress(done, all);
                  });
    if (store != nullptr && options.origins) options.origins(origins);
    return total;
}

}  // namespace

Partial run_shard(const Plan& plan, const Sources& sources, std::span<const std::size_t> tiles,
                  const RunOptions& options) {
    return pass_over(plan, sources, single_tiles(tiles), options, nullptr);
}

Partial run_pass(const Plan& plan, const Sources& sources, const RunOptions& options) {
    const std::vector<std::size_t> tiles = all_tiles(plan);
    if (options.store == nullptr) return pass_over(plan, sources, single_tiles(tiles), options, nullptr);
    const TileGroups shards = kept_groups(plan, tiles, {0, kept_shards(plan).size()});
    return pass_over(plan, sources, shards, options, options.store);
}

void keep_shards(const Plan& plan, const Sources& sources, NumberRange shards, const RunOptions& options) {
    const std::vector<std::size_t> tiles = all_tiles(plan);
    static_cast<void>(
        pass_over(plan, sources, kept_groups(plan, tiles, shards), options, options.store, shards.first));
}

StudyResult run(const Plan& plan, const Sources& sources, const RunOptions& options) {
    const bool paints_dark = plan.event && options.dark;
    const bool needs_cells = !plan.dead_zones.empty() || paints_dark || plan.study.rollout;
    if (options.scratch == nullptr || !needs_cells) {
        return finish(plan, run_pass(plan, sources, options));
    }
    TileRecords records{*options.scratch, plan};
    RunOptions pass_options = options;
    pass_options.record = [&](std::size_t tile, std::span<const std::uint8_t> record) {
        records.put(tile, record);
        if (options.record) options.record(tile, record);
    };
    const Partial partial = run_pass(plan, sources, pass_options);
    StudyResult result = finish(plan, partial);
    survey_dead_zones(plan, sources, partial, records, options, result);
    if (paints_dark) paint_dark(plan, records, options, result);
    if (plan.study.rollout) {
        if (options.stage) options.stage("planning what to build");
        RolloutGrounds grounds = make_rollout_grounds(plan, sources, records, result, options.cancel);
        RolloutPlans plans = plan_rollout(plan.study.rollout->ask, grounds, options.cancel);
        result.rollout = RolloutResult{std::move(grounds), std::move(plans)};
        result.closings = close_targets(plan, result, options);
    }
    if (options.labels) paint_labels(plan, partial, records, options, result);
    return result;
}

}  // namespace phusong
