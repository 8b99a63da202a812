#pragma once

#include <cstddef>
#include <map>
#include <unordered_map>
#include <utility>
#include <vector>

#include "algorithms/dead_zones/patch.hpp"
#include "algorithms/dead_zones/tile_patches.hpp"
#include "algorithms/grid/tile_set.hpp"
#include "algorithms/grid/tiling.hpp"

namespace phusong {

/// Patches beyond this many are summed up, the smallest first, so that a raster of a hundred million crumbs
/// does not need memory for each.
inline constexpr std::size_t most_patches = 100000;

/// Patches that are not kept one by one.
struct PatchRemainder {
    std::int64_t patches = 0;
    std::int64_t cells = 0;
    Area area;  ///< of whole cells
    Ledger parts;

    void add(const Patch& patch);
    void merge(const PatchRemainder& other);

    friend bool operator==(const PatchRemainder&, const PatchRemainder&) = default;
};

/// All patches of any set of tiles: those that are complete, and those that go on in tiles not seen yet. A
/// commutative monoid over disjoint sets of tiles; the state depends on the set alone, not on the order in
/// which it was put together. Memory grows with the border of the set and with `most_patches`, and by one
/// number for every piece that was joined to another.
class Patches {
public:
    /// A border that waits for the tile beyond it.
    struct BorderKey {
        std::size_t tile = 0;
        Side side = Side::north;

        friend auto operator<=>(const BorderKey&, const BorderKey&) = default;
    };
    /// One order for writing, comparing and reading back.
    struct Canonical {
        std::vector<Patch> open;      ///< by key
        std::vector<Patch> complete;  ///< by key
        PatchRemainder remainder;
        std::map<BorderKey, std::vector<BorderRun>> borders;
        std::vector<std::pair<CellNumber, CellNumber>> joins;  ///< key of a piece, smaller key of its patch

        friend bool operator==(const Canonical&, const Canonical&) = default;
    };

    /// Of no tiles.
    Patches(const Tiling& tiling, bool corners_join, std::size_t most = most_patches)
        : tiling_{tiling}, corners_join_{corners_join}, most_{most} {}
    /// Of one tile.
    Patches(const Tiling& tiling, bool corners_join, std::size_t tile, TilePatches patches,
            std::size_t most = most_patches);
    /// What `canonical` gave. @throws std::invalid_argument when it contradicts itself
    Patches(const Tiling& tiling, bool corners_join, Canonical canonical, std::size_t most = most_patches);

    /// @param mine, theirs the tiles of the two sets. @pre they are disjoint
    void merge(const Patches& other, const TileSet& mine, const TileSet& theirs);

    [[nodiscard]] const Tiling& tiling() const { return tiling_; }
    [[nodiscard]] bool corners_join() const { return corners_join_; }
    /// Complete patches, in no particular order.
    [[nodiscard]] const std::vector<Patch>& complete() const { return complete_; }
    /// What is complete and not kept one by one.
    [[nodiscard]] const PatchRemainder& remainder() const { return remainder_; }
    /// How many still go on elsewhere; 0 once all tiles are there.
    [[nodiscard]] std::size_t open() const { return open_.size(); }
    /// Key of the patch that a piece with this key has become a part of.
    [[nodiscard]] CellNumber joined(CellNumber piece) const;

    [[nodiscard]] Canonical canonical() const;
    friend bool operator==(const Patches& a, const Patches& b) { return a.canonical() == b.canonical(); }

private:
    struct OpenPatch {
        Patch patch;
        std::size_t border_runs = 0;  ///< that still wait for a neighbour
    };
    struct HashBorderKey {
        std::size_t operator()(const BorderKey& key) const noexcept {
            return key.tile * side_count + static_cast<std::size_t>(key.side);
        }
    };
    using Borders = std::unordered_map<BorderKey, std::vector<BorderRun>, HashBorderKey>;

    CellNumber find(CellNumber piece);
    void join(CellNumber a, CellNumber b);
    void meet(const std::vector<BorderRun>& a, const std::vector<BorderRun>& b);
    void release(const std::vector<BorderRun>& border, std::vector<CellNumber>& freed);
    void complete_patch(Patch&& patch);
    void trim();

    Tiling tiling_;
    bool corners_join_;
    std::size_t most_;
    std::unordered_map<CellNumber, OpenPatch> open_;
    Borders borders_;
    std::unordered_map<CellNumber, CellNumber> joined_;
    std::vector<Patch> complete_;
    PatchRemainder remainder_;
};

}  // namespace phusong
