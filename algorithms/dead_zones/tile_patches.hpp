#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "algorithms/dead_zones/patch.hpp"
#include "algorithms/grid/cell_area.hpp"
#include "algorithms/ledger/tally_tile.hpp"

namespace phusong {

/// The eight ways out of a tile; opposite ways are four apart.
enum class Side : std::uint8_t { north, north_east, east, south_east, south, south_west, west, north_west };
inline constexpr std::size_t side_count = 8;
[[nodiscard]] constexpr Side opposite(Side side) {
    return static_cast<Side>((static_cast<std::size_t>(side) + side_count / 2) % side_count);
}
/// Rows down and columns right that lead out over a side.
struct Step {
    std::int32_t down = 0;
    std::int32_t right = 0;
};
[[nodiscard]] constexpr Step step_over(Side side) {
    constexpr std::array<Step, side_count> steps{
        {{-1, 0}, {-1, 1}, {0, 1}, {1, 1}, {1, 0}, {1, -1}, {0, -1}, {-1, -1}}};
    return steps[static_cast<std::size_t>(side)];
}

/// Cells along a border of a tile that belong to one patch: columns of a northern or southern border, rows
/// of an eastern or western one, one column at a corner.
struct BorderRun {
    std::int32_t first = 0;
    std::int32_t end = 0;
    CellNumber patch = Patch::none;  ///< its key

    friend bool operator==(const BorderRun&, const BorderRun&) = default;
};

/// Neighbouring cells of one row that belong to a patch.
struct PatchRun {
    std::int32_t row = 0;
    std::int32_t first = 0;   ///< column
    std::int32_t end = 0;     ///< one past the last column
    std::uint32_t patch = 0;  ///< number in TilePatches::patches

    friend bool operator==(const PatchRun&, const PatchRun&) = default;
};

/// The patches of one tile.
struct TilePatches {
    std::vector<Patch> patches;  ///< by key
    /// Cells that belong, in row-major order; runs of one patch do not touch in a row.
    std::vector<PatchRun> runs;
    /// Where patches reach a border, also with cells that only join; in order along the border.
    std::array<std::vector<BorderRun>, side_count> borders;
};

/// Labels the connected cells of one tile.
/// @param bookings all of a tile, as tally_tile gives them
/// @param columns of the whole study grid
/// @pre the tile holds fewer than 2^32 cells
[[nodiscard]] TilePatches tile_patches(const PatchRule& rule, std::span<const Booking> bookings,
                                       const Window& tile, const CellAreas& areas, std::int32_t columns);

}  // namespace phusong
