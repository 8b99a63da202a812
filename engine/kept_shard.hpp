#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "algorithms/grid/window.hpp"
#include "engine/partial.hpp"
#include "engine/plan.hpp"

namespace phusong {

/// Neighbouring tiles of one row of tiles, as a pass keeps them: what it found in them, and of what.
struct KeptShard {
    std::uint64_t pass = 0;              ///< of the pass: `kept_pass_name`
    std::size_t first_tile = 0;          ///< the others follow it in the order of tiles
    std::vector<Window> windows;         ///< read of the population and of each layer; empty of polygons
    std::vector<std::uint64_t> digests;  ///< of the inputs, as InputDigests gives them
    Partial partial;
    /// An encoded TileRecord a tile; the bytes lie elsewhere and outlive it.
    std::vector<std::span<const std::uint8_t>> records;
};

/// Whose sums may be put together with those of a plan.
[[nodiscard]] std::uint64_t kept_pass_name(const Plan& plan, const std::string& made_by);

/// Tiles in one shard, but for the last of a row: as many as hold `cells_in_shard` population cells. A cell
/// that somebody lives in takes four bytes of a record, more than all the rest, so that a shard takes about a
/// megabyte: small enough that a change recounts little more than what it touches, and large enough for a
/// disk.
inline constexpr std::size_t cells_in_shard = std::size_t{1} << 18;
inline constexpr std::size_t most_tiles_in_shard = 8;  ///< what waits in memory grows with it
[[nodiscard]] std::size_t tiles_in_shard(const Plan& plan);

/// Things that follow each other: `first` and all before `end`.
struct NumberRange {
    std::size_t first = 0;
    std::size_t end = 0;

    [[nodiscard]] std::size_t size() const { return end - first; }
    friend bool operator==(const NumberRange&, const NumberRange&) = default;
};

/// The tiles of every shard that a pass keeps, in their order: all tiles, each once.
[[nodiscard]] std::vector<NumberRange> kept_shards(const Plan& plan);

/// Sealed as an archive is.
[[nodiscard]] std::vector<std::uint8_t> encode(const KeptShard& shard);

/// A kept shard that is looked into before its partial is taken apart. Valid as long as the bytes are.
class KeptShardView {
public:
    /// @throws ArchiveFormatError when the bytes are not those of a shard
    explicit KeptShardView(std::span<const std::uint8_t> bytes);

    /// All but the partial.
    [[nodiscard]] const KeptShard& head() const { return head_; }
    /// @throws PartialFormatError
    [[nodiscard]] Partial partial() const;

private:
    KeptShard head_;
    std::span<const std::uint8_t> partial_;
};

}  // namespace phusong
