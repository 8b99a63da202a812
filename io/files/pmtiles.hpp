#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace phusong::io {

/// One tile of the web's pyramid: x from the west, y from the north.
struct WebTile {
    std::uint8_t zoom = 0;
    std::uint32_t x = 0;
    std::uint32_t y = 0;
    std::string bytes;  ///< a Mapbox vector tile, gzipped
};

struct WebTileBounds {
    double west = -180;
    double south = -85;
    double east = 180;
    double north = 85;  ///< degrees
};

/// Number of a tile: zoom by zoom, within one along Hilbert's curve (PMTiles 3, section 4.1). @pre zoom <= 26
[[nodiscard]] std::uint64_t tile_number(std::uint8_t zoom, std::uint32_t x, std::uint32_t y);

/// A PMTiles archive, version 3 (github.com/protomaps/PMTiles, spec/v3), of vector tiles. Its root directory
/// fits the first 16 KiB, which readers fetch at once; where all tiles do not, leaf directories follow.
/// @param metadata JSON with `vector_layers`
[[nodiscard]] std::string pmtiles_of(std::vector<WebTile> tiles, const WebTileBounds& bounds,
                                     const std::string& metadata);

}  // namespace phusong::io
