#include "engine/shard_pass.hpp"

#include <utility>

#include "algorithms/dead_zones/patch.hpp"
#include "engine/archive_envelope.hpp"
#include "engine/cancelled.hpp"
#include "engine/errors.hpp"
#include "engine/partial_codec.hpp"
#include "engine/recorded_services.hpp"

namespace phusong {

ShardPass::ShardPass(const Plan& plan, const Sources& sources, PassKeeps keeps, const ShardKeeping& keeping,
                     const std::atomic<bool>* cancel)
    : plan_{&plan}, sources_{&sources}, keeps_{keeps}, keeping_{keeping}, cancel_{cancel} {
    if (keeping_.shapes != nullptr) digests_.emplace(plan, sources, *keeping_.shapes);
}

Window ShardPass::study_window(std::span<const std::size_t> tiles) const {
    return plan_->study_window(united(plan_->tiling[tiles.front()], plan_->tiling[tiles.back()]));
}

ShardResult ShardPass::operator()(std::size_t number, std::span<const std::size_t> tiles) {
    if (keeping_.store == nullptr) {
        std::vector<Window> windows;
        return counted(tiles, windows);
    }
    ShardOrigin origin = ShardOrigin::not_kept;
    if (keeping_.take) {
        if (cancel_ != nullptr && cancel_->load()) throw Cancelled{};
        if (std::optional<ShardResult> kept = taken(number, tiles, origin)) return std::move(*kept);
    }
    KeptShard shard;
    ShardResult result = counted(tiles, shard.windows);
    result.origin = origin;
    shard.pass = keeping_.pass;
    shard.first_tile = tiles.front();
    if (digests_) shard.digests = digests_->of(study_window(tiles), shard.windows);
    shard.partial = std::move(result.partial);
    shard.records = result.records;
    keeping_.store->put(number, encode(shard));
    result.partial = std::move(shard.partial);
    return result;
}

ShardResult ShardPass::counted(std::span<const std::size_t> tiles, std::vector<Window>& windows) {
    if (!pass_) pass_.emplace(*plan_, *sources_, keeps_);
    ShardResult result{Partial::empty_of(*plan_), {}, {}, {}, ShardOrigin::not_kept};
    for (const std::size_t number : tiles) {
        if (cancel_ != nullptr && cancel_->load()) throw Cancelled{};
        TileResult tile = (*pass_)(number);
        if (tiles.size() == 1) {
            result.partial = std::move(tile.partial);
        } else {
            result.partial.merge(tile.partial);
        }
        if (keeps_.services) result.services.push_back(std::move(tile.services));
        if (keeps_.records) {
            result.bytes.push_back(std::move(tile.record));
            result.records.emplace_back(result.bytes.back());
        }
        windows.resize(tile.windows.size());
        for (std::size_t i = 0; i < windows.size(); ++i) windows[i] = united(windows[i], tile.windows[i]);
    }
    return result;
}

std::optional<ShardResult> ShardPass::taken(std::size_t number, std::span<const std::size_t> tiles,
                                            ShardOrigin& origin) try {
    std::optional<std::vector<std::uint8_t>> bytes = keeping_.store->get(number);
    if (!bytes) return std::nullopt;
    const KeptShardView shard{*bytes};
    const KeptShard& head = shard.head();
    origin = ShardOrigin::other_pass;
    if (head.pass != keeping_.pass || head.first_tile != tiles.front() ||
        head.records.size() != tiles.size() || (digests_ && !digests_->can_read(head.windows))) {
        return std::nullopt;
    }
    origin = ShardOrigin::inputs_changed;
    if (digests_ && head.digests != digests_->of(study_window(tiles), head.windows)) return std::nullopt;
    ShardResult result{shard.partial(), {}, head.records, {}, ShardOrigin::taken};
    // Of the plan under which it was counted; that may have asked for something else behind the pass.
    result.partial.fingerprint = plan_->fingerprint;
    if (keeps_.services) {
        for (std::size_t i = 0; i < tiles.size(); ++i) {
            const Window window = plan_->study_window(plan_->tiling[tiles[i]]);
            result.services.push_back(
                recorded_services(*plan_, decode_tile_record(head.records[i], window, plan_->refine)));
        }
    }
    result.bytes.push_back(std::move(*bytes));  // where the records go on lying
    return result;
} catch (const ArchiveFormatError&) {
    // A torn or rotten file is no reason to stop: counting again mends it.
    origin = ShardOrigin::damaged;
    return std::nullopt;
} catch (const PartialFormatError&) {
    origin = ShardOrigin::damaged;
    return std::nullopt;
}

}  // namespace phusong
