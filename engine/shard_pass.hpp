#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/input_digests.hpp"
#include "engine/kept_shard.hpp"
#include "engine/partial.hpp"
#include "engine/pass_store.hpp"
#include "engine/plan.hpp"
#include "engine/sources.hpp"
#include "engine/tile_pass.hpp"

namespace phusong {

/// Why tiles were counted, or that they were not.
enum class ShardOrigin : std::uint8_t {
    taken,           ///< from the store
    not_kept,        ///< counted: the store held nothing, or was not asked
    inputs_changed,  ///< counted: inputs hold something else there than they did
    other_pass,      ///< counted: kept of other lattices, communes, rules, dead zones, sites or versions
    damaged          ///< counted: what was kept is not whole
};
inline constexpr std::size_t shard_origins = 5;

/// How many tiles came from where.
struct TileOrigins {
    std::array<std::size_t, shard_origins> tiles{};

    [[nodiscard]] std::size_t of(ShardOrigin origin) const { return tiles[static_cast<std::size_t>(origin)]; }
    void add(ShardOrigin origin, std::size_t count) { tiles[static_cast<std::size_t>(origin)] += count; }
};

/// Where a pass keeps what it finds.
struct ShardKeeping {
    PassStore* store = nullptr;  ///< null: nowhere
    bool take = false;           ///< whether what the store holds is taken where it still is right
    std::uint64_t pass = 0;      ///< kept_pass_name
    /// Null: inputs are known to be what they were, and are not compared.
    const ShapeDigests* shapes = nullptr;
};

struct ShardResult {
    Partial partial;
    std::vector<ServiceTile> services;  ///< of each tile, where asked for
    /// Of each tile, encoded, where asked for: parts of `bytes`.
    std::vector<std::span<const std::uint8_t>> records;
    std::vector<std::vector<std::uint8_t>> bytes;
    ShardOrigin origin = ShardOrigin::not_kept;
};

/// The pass over neighbouring tiles: taken from a store or counted, and then kept. One for each thread.
class ShardPass {
public:
    /// @param cancel may be null
    /// @pre with a store `keeps.records` is set; all outlive the pass
    ShardPass(const Plan& plan, const Sources& sources, PassKeeps keeps, const ShardKeeping& keeping,
              const std::atomic<bool>* cancel);

    /// @param number of the shard in the store
    /// @pre with a store the tiles follow each other, in one row of tiles
    /// @throws InputError of the first tile that cannot be read, StorageError, Cancelled
    [[nodiscard]] ShardResult operator()(std::size_t number, std::span<const std::size_t> tiles);

private:
    /// What the store holds, where it still is right. @param origin why nothing is taken
    [[nodiscard]] std::optional<ShardResult> taken(std::size_t number, std::span<const std::size_t> tiles,
                                                   ShardOrigin& origin);
    [[nodiscard]] ShardResult counted(std::span<const std::size_t> tiles, std::vector<Window>& windows);
    [[nodiscard]] Window study_window(std::span<const std::size_t> tiles) const;

    const Plan* plan_;
    const Sources* sources_;
    PassKeeps keeps_;
    ShardKeeping keeping_;
    const std::atomic<bool>* cancel_;
    std::optional<TilePass> pass_;  ///< once a tile must be counted
    std::optional<InputDigests> digests_;
};

}  // namespace phusong
