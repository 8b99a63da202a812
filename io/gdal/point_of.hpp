#pragma once

#include <ogr_api.h>

#include <optional>
#include <string>

#include "algorithms/zones/polygon.hpp"

namespace phusong::io {

/// The position of a feature, x and y as stored; Z and M are dropped.
struct GatheredPoint {
    std::optional<Point> position;  ///< nothing: none, an empty one, or a number that is not finite
    int positions = 0;              ///< how many the geometry has; the first is taken
    std::string fault;  ///< why it can be no position: "its geometry (Polygon) is not a point"; else empty
};
[[nodiscard]] GatheredPoint point_of(OGRGeometryH geometry);

/// Two columns of a table that hold positions as text.
struct PositionColumns {
    int x = 0;
    int y = 0;
    std::string x_name;
    std::string y_name;
    bool degrees = false;  ///< the names say longitude and latitude
};
/// Column names that are understood, for messages.
inline constexpr const char* position_column_names =
    "lon and lat, longitude and latitude, kinh_do and vi_do, or x and y";

/// The first of the pairs above that a table has, small or capital letters alike.
[[nodiscard]] std::optional<PositionColumns> position_columns_of(OGRFeatureDefnH definition);

/// The two that a study names as longitude and latitude (or, with a stated CRS, x and y); nothing where one
/// is missing.
[[nodiscard]] std::optional<PositionColumns> position_columns_of(OGRFeatureDefnH definition,
                                                                 const std::string& x_name,
                                                                 const std::string& y_name);

[[nodiscard]] GatheredPoint point_of(OGRFeatureH feature, const PositionColumns& columns);

}  // namespace phusong::io
