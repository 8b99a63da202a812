#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "algorithms/grid/grid_spec.hpp"
#include "algorithms/grid/window.hpp"

namespace phusong::io {

struct PaletteEntry {
    int value = 0;  ///< 0..255
    std::array<std::uint8_t, 4> rgba{0, 0, 0, 255};
    std::string name;
};

struct RasterLayout {
    enum class Pixel : std::uint8_t { byte, uint32, float32 };
    /// What a coarser cell shows of the finer ones.
    enum class Overviews : std::uint8_t { mean, commonest, nearest };
    GridSpec grid;
    std::string crs;                 ///< canonical
    std::vector<std::string> bands;  ///< what each shows
    Pixel pixel = Pixel::byte;
    double nodata = 255;  ///< cells never written hold it
    std::string unit;     ///< of the values; empty: none
    std::vector<PaletteEntry>
        palette;  ///< colours for a single byte band; names go into the metadata in any case
    std::vector<std::pair<std::string, std::string>> metadata;
    Overviews overviews = Overviews::mean;
    /// Cells come from the north in strips of this many rows over the whole width, which are then written
    /// once each; 0: in windows of about a block.
    std::int32_t strip_rows = 0;
};

/// Writes a cloud-optimised GeoTIFF whose bytes depend on the values alone, not on the order of the windows.
/// GDAL does not always say that a write failed, so the finished file is read back and compared with what was
/// given. Used by one thread.
class RasterSink {
public:
    /// @throws StorageError
    RasterSink(const std::filesystem::path& path, RasterLayout layout);
    /// Without finish() nothing is left behind.
    ~RasterSink();
    RasterSink(const RasterSink&) = delete;
    RasterSink& operator=(const RasterSink&) = delete;

    /// @param band from 0. @pre every cell is written at most once; values as the layout's pixel says
    /// @throws StorageError
    void write(int band, Window window, std::span<const float> values);
    void write(int band, Window window, std::span<const std::uint32_t> values);
    void write(int band, Window window, std::span<const std::uint8_t> values);

    /// Makes the file at its path. @throws StorageError when it could not be written, or does not read back
    void finish();

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace phusong::io
