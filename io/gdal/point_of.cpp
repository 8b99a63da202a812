#include "io/gdal/point_of.hpp"

#include <cmath>

#include "io/text/number.hpp"

namespace phusong::io {

namespace {

struct ColumnPair {
    const char* x;
    const char* y;
    bool degrees;
};
// In order of trust: a table with both degrees and metres is read in degrees.
constexpr ColumnPair known_pairs[] = {
    {"lon", "lat", true}, {"longitude", "latitude", true}, {"kinh_do", "vi_do", true}, {"x", "y", false}};

/// A number of a table; blank or null is none. What is neither is told in `fault`.
std::optional<double> coordinate(OGRFeatureH feature, int field, const std::string& name,
                                 std::string& fault) {
    const std::string text =
        OGR_F_IsFieldSetAndNotNull(feature, field) != 0 ? OGR_F_GetFieldAsString(feature, field) : "";
    if (text.find_first_not_of(" \t\r\n") == std::string::npos) return std::nullopt;
    const std::optional<double> number = number_of(text);
    if (!number) {
        fault = "'" + text + "' in field '" + name + "' is no number with a decimal point";
    }
    return number;
}

}  // namespace

GatheredPoint point_of(OGRGeometryH geometry) {
    GatheredPoint result;
    if (geometry == nullptr || OGR_G_IsEmpty(geometry) != 0) return result;
    const OGRwkbGeometryType type = wkbFlatten(OGR_G_GetGeometryType(geometry));
    if (type != wkbPoint && type != wkbMultiPoint) {
        const std::string name = OGRGeometryTypeToName(type);
        result.fault = "its geometry (" + name + ") is not a point";
        return result;
    }
    result.positions = type == wkbMultiPoint ? OGR_G_GetGeometryCount(geometry) : 1;
    OGRGeometryH first = type == wkbMultiPoint ? OGR_G_GetGeometryRef(geometry, 0) : geometry;
    const Point position{OGR_G_GetX(first, 0), OGR_G_GetY(first, 0)};
    if (OGR_G_IsEmpty(first) == 0 && std::isfinite(position.x) && std::isfinite(position.y)) {
        result.position = position;
    }
    return result;
}

std::optional<PositionColumns> position_columns_of(OGRFeatureDefnH definition) {
    for (const ColumnPair& pair : known_pairs) {
        auto columns = position_columns_of(definition, pair.x, pair.y);
        if (!columns) continue;
        columns->degrees = pair.degrees;
        return columns;
    }
    return std::nullopt;
}

std::optional<PositionColumns> position_columns_of(OGRFeatureDefnH definition, const std::string& x_name,
                                                   const std::string& y_name) {
    const int x = OGR_FD_GetFieldIndex(definition, x_name.c_str());
    const int y = OGR_FD_GetFieldIndex(definition, y_name.c_str());
    if (x < 0 || y < 0) return std::nullopt;
    const auto name = [&](int field) {
        return std::string{OGR_Fld_GetNameRef(OGR_FD_GetFieldDefn(definition, field))};
    };
    return PositionColumns{x, y, name(x), name(y), true};
}

GatheredPoint point_of(OGRFeatureH feature, const PositionColumns& columns) {
    GatheredPoint result;
    const auto x = coordinate(feature, columns.x, columns.x_name, result.fault);
    const auto y = coordinate(feature, columns.y, columns.y_name, result.fault);
    if (x && y) {
        result.position = Point{*x, *y};
        result.positions = 1;
    }
    return result;
}

}  // namespace phusong::io
