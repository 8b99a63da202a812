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
std::vector<std::span<const std::size_t>> shards_of(const Plan& plan, std::span<const std::size_t> tiles,
                                                    bool kept) {
    std::vector<std::span<const std::size_t>> shards;
    if (!kept) {
        for (std::size_t i = 0; i < tiles.size(); ++i) shards.push_back(tiles.subspan(i, 1));
        return shards;
    }
    const std::size_t most = tiles_in_shard(plan);
    const auto across = static_cast<std::size_t>(plan.tiling.tiles_in_band());
    for (std::size_t first = 0; first < tiles.size();) {
        const std::size_t row_end = (first / across + 1) * across;
        const std::size_t end = std::min(row_end, first + most);
        shards.push_back(tiles.subspan(first, end - first));
        first = end;
    }
    return shards;
}

/// The one loop over tiles. @pre with a store, all tiles in their order
Partial pass_over(const Plan& plan, const Sources& sources, std::span<const std::size_t> tiles,
                  const RunOptions& options, PassStore* store) {
    const std::size_t threads = std::max<std::size_t>(1, options.threads);
    const std::size_t in_flight = options.tiles_in_flight == 0 ? 2 * threads : options.tiles_in_flight;
    const PassKeeps keeps{static_cast<bool>(options.services),
                          static_cast<bool>(options.record) || store != nullptr};
    const std::vector<std::span<const std::size_t>> shards = shards_of(plan, tiles, store != nullptr);
    std::optional<ShapeDigests> shapes;
    ShardKeeping keeping;
    if (store != nullptr) {
        shapes.emplace(plan, sources);
        keeping = {store, options.take_kept, kept_pass_name(plan, store->made_by()), &*shapes};
    }
    Partial total = Partial::empty_of(plan);
    TileOrigins origins;
    std::size_t done = 0;

    const auto make_worker = [&] {
        return [&shards, pass = ShardPass{plan, sources, keeps, keeping, options.cancel}](
                   std::size_t i) mutable { return pass(i, shards[i]); };
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
                      if (options.progress) options.progress(done, tiles.size());
                  });
    if (store != nullptr && options.origins) options.origins(origins);
    return total;
}

}  // namespace

Partial run_shard(const Plan& plan, const Sources& sources, std::span<const std::size_t> tiles,
                  const RunOptions& options) {
    return pass_over(plan, sources, tiles, options, nullptr);
}

Partial run_pass(const Plan& plan, const Sources& sources, const RunOptions& options) {
    std::vector<std::size_t> tiles(plan.tiling.size());
    std::iota(tiles.begin(), tiles.end(), std::size_t{0});
    return pass_over(plan, sources, tiles, options, options.store);
}

StudyResult run(const Plan& plan, const Sources& sources, const RunOptions& options) {
    const bool paints_dark = plan.event && options.dark;
    const bool needs_cells = !plan.dead_zones.empty() || paints_dark || plan.study.rollout;
    if (options.scratch == nullptr || !needs_cells) {
        return finish(plan, run_pass(plan, sources, options));
    }
    TileRecords records{*options.scratch, plan.tiling.size()};
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
