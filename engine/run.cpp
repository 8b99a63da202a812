#include "engine/run.hpp"

#include <algorithm>
#include <numeric>
#include <vector>

#include "engine/fold_in_order.hpp"

namespace phusong {

Partial run_shard(const Plan& plan, const Sources& sources, std::span<const std::size_t> tiles,
                  const RunOptions& options) {
    const std::size_t threads = std::max<std::size_t>(1, options.threads);
    const std::size_t in_flight = options.tiles_in_flight == 0 ? 2 * threads : options.tiles_in_flight;
    const bool keep_services = static_cast<bool>(options.services);
    Partial total = Partial::empty_of(plan);

    const auto make_worker = [&] {
        return [&tiles, &options, pass = TilePass{plan, sources, keep_services}](std::size_t i) mutable {
            if (options.cancel != nullptr && options.cancel->load()) throw Cancelled{};
            return pass(tiles[i]);
        };
    };
    fold_in_order(tiles.size(), threads, in_flight, make_worker, [&](std::size_t i, const TileResult& tile) {
        total.merge(tile.partial);
        if (keep_services) options.services(tile.services);
        if (options.progress) options.progress(i + 1, tiles.size());
    });
    return total;
}

StudyResult run(const Plan& plan, const Sources& sources, const RunOptions& options) {
    std::vector<std::size_t> tiles(plan.tiling.size());
    std::iota(tiles.begin(), tiles.end(), std::size_t{0});
    return finish(plan, run_shard(plan, sources, tiles, options));
}

}  // namespace phusong
