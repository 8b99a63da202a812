#include "engine/kept_shard.hpp"

#include <algorithm>

#include "engine/archive_envelope.hpp"
#include "engine/fingerprint.hpp"
#include "engine/partial_codec.hpp"

namespace phusong {

namespace {

constexpr ArchiveKind shard_kind{"PHUSONGK", 1, "a part of a pass"};

}  // namespace

std::uint64_t kept_pass_name(const Plan& plan, const std::string& made_by) {
    Fingerprint print;
    print.add(plan.pass_fingerprint);
    print.add(made_by);
    return print.value();
}

std::size_t tiles_in_shard(const Plan& plan) {
    if (plan.tiling.size() == 0) return 1;
    const std::size_t cells = std::max<std::size_t>(1, plan.tiling[0].cell_count());
    return std::clamp<std::size_t>(cells_in_shard / cells, 1, most_tiles_in_shard);
}

std::vector<NumberRange> kept_shards(const Plan& plan) {
    const std::size_t most = tiles_in_shard(plan);
    const auto across = static_cast<std::size_t>(plan.tiling.tiles_in_band());
    std::vector<NumberRange> shards;
    for (std::size_t first = 0; first < plan.tiling.size(); first = shards.back().end) {
        const std::size_t row_end = (first / across + 1) * across;
        shards.push_back({first, std::min(row_end, first + most)});
    }
    return shards;
}

std::vector<std::uint8_t> encode(const KeptShard& shard) {
    PackedWriter out = archive_writer(shard_kind);
    out.natural(shard.pass);
    out.count(shard.first_tile);
    out.count(shard.windows.size());
    for (const Window& window : shard.windows) {
        out.integer(window.row);
        out.integer(window.column);
        out.integer(window.rows);
        out.integer(window.columns);
    }
    out.count(shard.digests.size());
    for (const std::uint64_t digest : shard.digests) out.natural(digest);
    out.bytes(encode(shard.partial));
    out.count(shard.records.size());
    for (const std::span<const std::uint8_t> record : shard.records) out.bytes(record);
    return sealed(shard_kind, std::move(out));
}

KeptShardView::KeptShardView(std::span<const std::uint8_t> bytes) {
    PackedReader in = opened(shard_kind, bytes);
    head_.pass = in.natural();
    head_.first_tile = static_cast<std::size_t>(in.natural());
    head_.windows.resize(in.count(4));
    for (Window& window : head_.windows) {
        window.row = in.small();
        window.column = in.small();
        window.rows = in.small();
        window.columns = in.small();
    }
    head_.digests.resize(in.count());
    for (std::uint64_t& digest : head_.digests) digest = in.natural();
    partial_ = in.bytes();
    head_.records.resize(in.count());
    for (auto& record : head_.records) record = in.bytes();
    if (!in.good() || !in.at_end()) throw ArchiveFormatError{"damaged: its parts do not fit together"};
}

Partial KeptShardView::partial() const {
    return decode(partial_);
}

}  // namespace phusong
