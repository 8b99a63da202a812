#pragma once

#include <gdal.h>

#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

#include "algorithms/grid/window.hpp"
#include "io/gdal/raster_file.hpp"

namespace phusong::io {

/// Digests of a GeoTIFF's blocks as they lie on the disk: reading them costs a fraction of decoding them.
/// Used by one thread.
class StoredBlocks {
public:
    /// @param band of an open dataset of the file, which outlives the blocks
    /// @throws InputError when the file cannot be read
    StoredBlocks(const RasterFile& file, GDALRasterBandH band);

    /// Of all blocks that touch a window, and of what else decides how they are read. Unset where more than
    /// that decides: masks, tables that JPEG keeps elsewhere.
    /// @param window in rows and columns of the file; not empty
    /// @throws InputError when the file cannot be read
    [[nodiscard]] std::optional<std::uint64_t> digest(Window window);

private:
    /// An open file.
    struct Descriptor {
        explicit Descriptor(const RasterFile& file);
        ~Descriptor();
        Descriptor(const Descriptor&) = delete;
        Descriptor& operator=(const Descriptor&) = delete;

        int number;
    };

    [[nodiscard]] std::uint64_t of_block(int block_row, int block_column);

    RasterFile file_;
    GDALRasterBandH band_;
    Descriptor descriptor_;
    int block_rows_ = 1;
    int block_columns_ = 1;
    std::optional<std::uint64_t> how_;  ///< blocks are read; unset: they alone do not say
    std::unordered_map<std::uint64_t, std::uint64_t> found_;
    std::vector<std::uint8_t> bytes_;  ///< buffer
};

}  // namespace phusong::io
