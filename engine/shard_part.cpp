#include "engine/shard_part.hpp"

#include "engine/archive_envelope.hpp"

namespace phusong {

namespace {

constexpr ArchiveKind shard_part_kind{shard_part_magic, 1, "a partial result"};

}  // namespace

std::vector<std::uint8_t> encode(const ShardPart& part) {
    PackedWriter out = archive_writer(shard_part_kind);
    out.natural(part.plan);
    out.count(part.shard);
    out.count(part.kept.first);
    out.count(part.shards.size());
    for (const std::span<const std::uint8_t> shard : part.shards) out.bytes(shard);
    return sealed(shard_part_kind, std::move(out));
}

ShardPart decode_shard_part(std::span<const std::uint8_t> bytes) {
    PackedReader in = opened(shard_part_kind, bytes);
    ShardPart part;
    part.plan = in.natural();
    part.shard = static_cast<std::size_t>(in.natural());
    part.kept.first = static_cast<std::size_t>(in.natural());
    part.shards.resize(in.count());
    for (auto& shard : part.shards) shard = in.bytes();
    part.kept.end = part.kept.first + part.shards.size();
    if (!in.good() || !in.at_end()) throw ArchiveFormatError{"damaged: its parts do not fit together"};
    return part;
}

}  // namespace phusong
