#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace phusong::io {

/// A raster that a caller has in memory.
struct ArrayRaster {
    enum class Cell : std::uint8_t { uint8, int16, uint16, int32, uint32, float32, float64 };
    const void* cells = nullptr;  ///< row-major without gaps, the first row in the north
    Cell cell = Cell::float64;
    std::int32_t rows = 0;
    std::int32_t columns = 0;
    /// As GDAL has it: x of the north-west corner, width of a cell, 0, y of that corner, 0, minus its height.
    std::array<double, 6> transform{};
    std::string crs;  ///< authority code or WKT
    std::optional<double> nodata;
};

/// Writes it as a GeoTIFF, for whoever reads files. @throws InputError of a CRS that is none, StorageError
void write_array(const std::filesystem::path& path, const ArrayRaster& raster);

}  // namespace phusong::io
