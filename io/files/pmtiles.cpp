#include "io/files/pmtiles.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>
#include <utility>

#include "io/files/zip_file.hpp"

namespace phusong::io {

namespace {

constexpr std::size_t header_bytes = 127;
constexpr std::size_t first_fetch = 16384;

struct DirectoryEntry {
    std::uint64_t number = 0;
    std::uint64_t offset = 0;
    std::uint64_t length = 0;
    std::uint64_t tiles = 1;  ///< 0: leads to a leaf directory
};

/// Seven bits a byte, the lowest first; the eighth says that more follow.
void put_varint(std::string& text, std::uint64_t number) {
    for (; number > 127; number >>= 7U) text += static_cast<char>((number & 127U) | 128U);
    text += static_cast<char>(number);
}

std::string directory_of(std::span<const DirectoryEntry> entries) {
    std::string text;
    put_varint(text, entries.size());
    std::uint64_t last = 0;
    for (const DirectoryEntry& entry : entries) {
        put_varint(text, entry.number - last);
        last = entry.number;
    }
    for (const DirectoryEntry& entry : entries) put_varint(text, entry.tiles);
    for (const DirectoryEntry& entry : entries) put_varint(text, entry.length);
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const bool follows = i > 0 && entries[i].offset == entries[i - 1].offset + entries[i - 1].length;
        put_varint(text, follows ? 0 : entries[i].offset + 1);
    }
    return gzip_of(text);
}

struct Directories {
    std::string root;
    std::string leaves;
};

Directories directories_of(const std::vector<DirectoryEntry>& entries) {
    Directories found{directory_of(entries), ""};
    for (std::size_t leaf = 4096; found.root.size() > first_fetch - header_bytes; leaf *= 2) {
        found.leaves.clear();
        std::vector<DirectoryEntry> root;
        for (std::size_t begin = 0; begin < entries.size(); begin += leaf) {
            const std::size_t count = std::min(leaf, entries.size() - begin);
            const std::string text = directory_of(std::span{entries}.subspan(begin, count));
            root.push_back({entries[begin].number, found.leaves.size(), text.size(), 0});
            found.leaves += text;
        }
        found.root = directory_of(root);
    }
    return found;
}

void put_number(std::string& text, std::uint64_t number, unsigned bytes) {
    for (unsigned i = 0; i < bytes; ++i) text += static_cast<char>((number >> (8 * i)) & 0xFFU);
}

void put_degrees(std::string& text, double degrees) {
    put_number(text, static_cast<std::uint32_t>(static_cast<std::int32_t>(std::lround(degrees * 1e7))), 4);
}

}  // namespace

std::uint64_t tile_number(std::uint8_t zoom, std::uint32_t x, std::uint32_t y) {
    std::uint64_t number = ((std::uint64_t{1} << (2U * zoom)) - 1) / 3;  // tiles of coarser zooms
    const std::uint32_t side = std::uint32_t{1} << zoom;
    for (std::uint32_t half = side / 2; half > 0; half /= 2) {
        const std::uint64_t right = (x & half) > 0 ? 1 : 0;
        const std::uint64_t below = (y & half) > 0 ? 1 : 0;
        number += std::uint64_t{half} * half * ((3 * right) ^ below);
        if (below == 0) {
            if (right == 1) {
                x = side - 1 - x;
                y = side - 1 - y;
            }
            std::swap(x, y);
        }
    }
    return number;
}

std::string pmtiles_of(std::vector<WebTile> tiles, const WebTileBounds& bounds, const std::string& metadata) {
    std::sort(tiles.begin(), tiles.end(), [](const WebTile& a, const WebTile& b) {
        return tile_number(a.zoom, a.x, a.y) < tile_number(b.zoom, b.x, b.y);
    });
    std::vector<DirectoryEntry> entries;
    std::string data;
    std::uint8_t coarsest = 0;
    std::uint8_t finest = 0;
    for (const WebTile& tile : tiles) {
        entries.push_back({tile_number(tile.zoom, tile.x, tile.y), data.size(), tile.bytes.size(), 1});
        data += tile.bytes;
        coarsest = entries.size() == 1 ? tile.zoom : std::min(coarsest, tile.zoom);
        finest = std::max(finest, tile.zoom);
    }
    const Directories directories = directories_of(entries);
    const std::string packed = gzip_of(metadata);

    std::string text = "PMTiles\3";
    std::uint64_t at = header_bytes;
    for (const std::size_t size :
         {directories.root.size(), packed.size(), directories.leaves.size(), data.size()}) {
        put_number(text, at, 8);
        put_number(text, size, 8);
        at += size;
    }
    for (int count = 0; count < 3; ++count) put_number(text, entries.size(), 8);  // tiles, entries, contents
    constexpr char clustered = 1;
    constexpr char gzip = 2;
    constexpr char vector_tiles = 1;
    text += {clustered, gzip, gzip, vector_tiles, static_cast<char>(coarsest), static_cast<char>(finest)};
    put_degrees(text, bounds.west);
    put_degrees(text, bounds.south);
    put_degrees(text, bounds.east);
    put_degrees(text, bounds.north);
    text += static_cast<char>(coarsest);
    put_degrees(text, (bounds.west + bounds.east) / 2);
    put_degrees(text, (bounds.south + bounds.north) / 2);
    return text + directories.root + packed + directories.leaves + data;
}

}  // namespace phusong::io
