#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <stdexcept>
#include <string_view>
#include <vector>

#include "engine/kept_shard.hpp"

namespace phusong {

/// Partial results that cannot be put together: some are missing, damaged, or of another plan. The message
/// names all of them.
class ShardPartError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// What one shard of a planned run found: kept shards that follow each other, and of which plan.
struct ShardPart {
    std::uint64_t plan = 0;  ///< name of the plan
    std::size_t shard = 0;   ///< its number in the plan
    NumberRange kept;        ///< numbers of `kept_shards`
    /// Of each of them, encoded; the bytes lie elsewhere and outlive it.
    std::vector<std::span<const std::uint8_t>> shards;
};

/// The first bytes of an encoded part.
inline constexpr std::string_view shard_part_magic = "PHUSONGS";

/// Sealed as an archive is. Equal parts give equal bytes.
[[nodiscard]] std::vector<std::uint8_t> encode(const ShardPart& part);
/// Valid as long as the bytes are. @throws ArchiveFormatError when they are not a part, whole
[[nodiscard]] ShardPart decode_shard_part(std::span<const std::uint8_t> bytes);

}  // namespace phusong
