#pragma once

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "algorithms/grid/window.hpp"

namespace phusong {

/// THE order of tiles: rows of tiles from the north, in each row from the west. Everything that depends on an
/// order (first error, output rows, resume) uses this one.
class Tiling {
public:
    /// Cuts `extent` into tiles of at most `tile_rows` x `tile_columns` cells, counted from its north-west.
    /// @pre tile_rows >= 1 and tile_columns >= 1
    Tiling(Window extent, std::int32_t tile_rows, std::int32_t tile_columns)
        : extent_{extent}, tile_rows_{tile_rows}, tile_columns_{tile_columns} {}

    [[nodiscard]] std::int32_t bands() const { return parts(extent_.rows, tile_rows_); }
    [[nodiscard]] std::int32_t tiles_in_band() const { return parts(extent_.columns, tile_columns_); }
    [[nodiscard]] std::size_t size() const {
        return static_cast<std::size_t>(bands()) * static_cast<std::size_t>(tiles_in_band());
    }
    /// @pre index < size()
    [[nodiscard]] Window operator[](std::size_t index) const {
        assert(index < size());
        const auto per_band = static_cast<std::size_t>(tiles_in_band());
        assert(per_band > 0);
        const auto band = static_cast<std::int32_t>(index / per_band);
        const auto place = static_cast<std::int32_t>(index % per_band);
        return intersection(extent_, {extent_.row + band * tile_rows_, extent_.column + place * tile_columns_,
                                      tile_rows_, tile_columns_});
    }
    [[nodiscard]] Window extent() const { return extent_; }
    /// The tile that lies `down` bands south and `right` places east of another; none beyond the edge.
    /// @pre tile < size()
    [[nodiscard]] std::optional<std::size_t> neighbour(std::size_t tile, std::int32_t down,
                                                       std::int32_t right) const {
        assert(tile < size());
        const auto per_band = static_cast<std::size_t>(tiles_in_band());
        assert(per_band > 0);
        const std::int32_t band = static_cast<std::int32_t>(tile / per_band) + down;
        const std::int32_t place = static_cast<std::int32_t>(tile % per_band) + right;
        if (band < 0 || band >= bands() || place < 0 || place >= tiles_in_band()) return std::nullopt;
        return static_cast<std::size_t>(band) * per_band + static_cast<std::size_t>(place);
    }

private:
    static std::int32_t parts(std::int32_t cells, std::int32_t side) {
        return cells <= 0 ? 0 : 1 + (cells - 1) / side;
    }

    Window extent_;
    std::int32_t tile_rows_;
    std::int32_t tile_columns_;
};

}  // namespace phusong
