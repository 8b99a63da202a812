#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "algorithms/grid/window.hpp"
#include "algorithms/quantities/share.hpp"
#include "algorithms/zones/cell_shares.hpp"
#include "algorithms/zones/lattice_shape.hpp"
#include "algorithms/zones/zone.hpp"

namespace phusong {

struct Owner {
    ZoneNumber zone = outside_every_zone;
    Share share;

    friend bool operator==(const Owner&, const Owner&) = default;
};

/// Neighbouring cells of one row that the same communes own to the same parts.
struct CoverSegment {
    std::int32_t row = 0;
    std::int32_t first_column = 0;
    std::int32_t columns = 0;
    std::uint32_t first_owner = 0;
    std::uint32_t owner_count = 0;
};

/// Who owns the cells of a tile: segments in row-major order without overlaps; cells in no segment are
/// outside every commune.
struct TileCover {
    Window window;
    std::vector<CoverSegment> segments;
    std::vector<Owner> owners;

    [[nodiscard]] std::span<const Owner> owners_of(const CoverSegment& segment) const {
        return std::span{owners}.subspan(segment.first_owner, segment.owner_count);
    }
    /// Whether one commune owns these cells whole.
    [[nodiscard]] bool is_whole(const CoverSegment& segment) const {
        return segment.owner_count == 1 && owners[segment.first_owner].share == Share::whole();
    }
};

/// Shares of one cell whose sum misses the whole by no more than this count as the whole: neighbours whose
/// borders agree to 1e-9 of a cell (0.1 micrometre at 100 m) leave no gap and no overlap.
inline constexpr std::int64_t closing_tolerance_units = Share::whole_units >> 30;

/// All communes on one grid. A tile's cover is computed when the tile is in hand, from the edges that cross
/// it, and serves every layer of the tile: nothing is kept for the whole country but the vertices themselves.
class ZoneIndex {
public:
    /// Zone number i is shapes[i].
    explicit ZoneIndex(std::vector<LatticeShape> shapes) : shapes_{std::move(shapes)} {}

    [[nodiscard]] std::size_t size() const { return shapes_.size(); }
    [[nodiscard]] const LatticeShape& shape(ZoneNumber zone) const {
        return shapes_[static_cast<std::size_t>(zone)];
    }
    [[nodiscard]] TileCover cover(Window tile) const;

private:
    std::vector<LatticeShape> shapes_;
};

}  // namespace phusong
