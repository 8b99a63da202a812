#include "engine/run.hpp"

#include <algorithm>
#include <numeric>
#include <utility>
#include <vector>

#include "engine/close_targets.hpp"
#include "engine/dead_zone_survey.hpp"
#include "engine/fold_in_order.hpp"
#include "engine/make_rollout_grounds.hpp"
#include "engine/paint_dark.hpp"

namespace phusong {

Partial run_shard(const Plan& plan, const Sources& sources, std::span<const std::size_t> tiles,
                  const RunOptions& options) {
    const std::size_t threads = std::max<std::size_t>(1, options.threads);
    const std::size_t in_flight = options.tiles_in_flight == 0 ? 2 * threads : options.tiles_in_flight;
    const PassKeeps keeps{static_cast<bool>(options.services), static_cast<bool>(options.record)};
    Partial total = Partial::empty_of(plan);

    const auto make_worker = [&] {
        return [&tiles, &options, pass = TilePass{plan, sources, keeps}](std::size_t i) mutable {
            if (options.cancel != nullptr && options.cancel->load()) throw Cancelled{};
            return pass(tiles[i]);
        };
    };
    fold_in_order(tiles.size(), threads, in_flight, make_worker, [&](std::size_t i, const TileResult& tile) {
        total.merge(tile.partial);
        if (keeps.services) options.services(tile.services);
        if (keeps.records) options.record(tiles[i], tile.record);
        if (options.progress) options.progress(i + 1, tiles.size());
    });
    return total;
}

StudyResult run(const Plan& plan, const Sources& sources, const RunOptions& options) {
    std::vector<std::size_t> tiles(plan.tiling.size());
    std::iota(tiles.begin(), tiles.end(), std::size_t{0});
    const bool paints_dark = plan.event && options.dark;
    const bool needs_cells = !plan.dead_zones.empty() || paints_dark || plan.study.rollout;
    if (options.scratch == nullptr || !needs_cells) {
        return finish(plan, run_shard(plan, sources, tiles, options));
    }
    TileRecords records{*options.scratch, tiles.size()};
    RunOptions shard_options = options;
    shard_options.record = [&](std::size_t tile, std::span<const std::uint8_t> record) {
        records.put(tile, record);
        if (options.record) options.record(tile, record);
    };
    const Partial partial = run_shard(plan, sources, tiles, shard_options);
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
