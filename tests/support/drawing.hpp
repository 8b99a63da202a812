#pragma once

#include <cstddef>
#include <functional>
#include <initializer_list>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include "algorithms/grid/grid_spec.hpp"
#include "algorithms/zones/polygon.hpp"
#include "engine/memory_sources.hpp"

namespace phusong::test {

/// A grid as text, one string a row from the north; every character is a cell.
class Drawing {
public:
    Drawing(std::initializer_list<std::string> rows) : rows_{rows} {}

    [[nodiscard]] std::int32_t rows() const { return static_cast<std::int32_t>(rows_.size()); }
    [[nodiscard]] std::int32_t columns() const { return static_cast<std::int32_t>(rows_.front().size()); }
    [[nodiscard]] Window window() const { return {0, 0, rows(), columns()}; }
    [[nodiscard]] char at(Cell cell) const {
        return rows_[static_cast<std::size_t>(cell.row)][static_cast<std::size_t>(cell.column)];
    }
    /// One value a cell, row-major.
    template <typename Value>
    [[nodiscard]] std::vector<Value> map(const std::function<Value(char)>& value) const {
        std::vector<Value> values;
        for (const std::string& row : rows_) {
            for (const char c : row) values.push_back(value(c));
        }
        return values;
    }

private:
    std::vector<std::string> rows_;
};

/// '.' nobody or unserved (0), digits themselves, '#' served (1), '?' no data.
inline double drawn_value(char c) {
    if (c == '?') return std::numeric_limits<double>::quiet_NaN();
    if (c == '#') return 1;
    if (c >= '0' && c <= '9') return c - '0';
    return 0;
}

/// A lattice of unit cells with its north-west corner at (0, rows): x is the column, y counts from the south.
inline GridSpec unit_grid(std::int32_t rows, std::int32_t columns) {
    return {0, static_cast<double>(rows), 1, 1, rows, columns};
}

inline std::shared_ptr<MemoryRaster> raster_of(const Drawing& drawing, const std::string& name,
                                               GridSpec grid) {
    RasterDescription description;
    description.name = name;
    description.grid = grid;
    description.crs = "plane";
    return std::make_shared<MemoryRaster>(description, drawing.map<double>(drawn_value));
}

inline std::shared_ptr<MemoryRaster> raster_of(const Drawing& drawing, const std::string& name) {
    return raster_of(drawing, name, unit_grid(drawing.rows(), drawing.columns()));
}

/// A plain polygon from its corners.
inline MultiPolygon polygon(std::initializer_list<Point> shell) {
    return {{PolygonPart{Ring{shell}, {}}}};
}

inline MultiPolygon rectangle(double west, double south, double east, double north) {
    return polygon({{west, south}, {east, south}, {east, north}, {west, north}});
}

}  // namespace phusong::test
