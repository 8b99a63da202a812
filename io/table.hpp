#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "algorithms/zones/polygon.hpp"

namespace phusong::io {

/// A value of a result table; monostate where there is none (people of a commune outside the raster).
using TableValue = std::variant<std::monostate, std::string, std::int64_t, double>;

struct TableColumn {
    enum class Kind : std::uint8_t { text, integer, real };
    std::string name;
    Kind kind = Kind::real;
};

/// One result table, written alike as CSV, GeoJSON and GeoPackage layer.
struct Table {
    std::string name;  ///< of the layer
    std::string description;
    std::vector<TableColumn> columns;
    std::vector<std::vector<TableValue>> rows;  ///< each as long as `columns`
    /// The shape of a row, without parts where it has none; empty for a table without places. Asked when a
    /// writer comes to the row: all shapes of a country at once need not fit into memory.
    std::function<MultiPolygon(std::size_t row)> shape_of;
    /// The place of a row, of a table of points: longitude and latitude in degrees. Instead of `shape_of`.
    std::function<Point(std::size_t row)> point_of;
    std::string crs;  ///< of the shapes; "EPSG:4326" for points
    std::vector<std::pair<std::string, std::string>> metadata;
};

}  // namespace phusong::io
