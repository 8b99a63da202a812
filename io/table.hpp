#pragma once

#include <cstdint>
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
    std::vector<MultiPolygon> shapes;           ///< one a row, or none at all for a table without places
    std::string crs;                            ///< of the shapes
    std::vector<std::pair<std::string, std::string>> metadata;
};

}  // namespace phusong::io
