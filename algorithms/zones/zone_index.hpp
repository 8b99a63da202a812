#pragma once

#include <cstddef>
#include <utility>
#include <vector>

#include "algorithms/zones/lattice_shape.hpp"
#include "algorithms/zones/tile_cover.hpp"
#include "algorithms/zones/zone.hpp"

namespace phusong {

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
    /// @param maker whose buffers serve; one for each thread
    void cover(Window tile, CoverMaker& maker, TileCover& cover) const {
        maker.start(tile, cover);
        for (std::size_t zone = 0; zone < shapes_.size(); ++zone)
            maker.add(static_cast<ZoneNumber>(zone), shapes_[zone]);
        maker.finish();
    }
    [[nodiscard]] TileCover cover(Window tile) const {
        CoverMaker maker;
        TileCover made;
        cover(tile, maker, made);
        return made;
    }

private:
    std::vector<LatticeShape> shapes_;
};

}  // namespace phusong
