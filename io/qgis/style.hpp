#pragma once

#include <span>
#include <string>
#include <vector>

#include "io/table.hpp"

namespace phusong::io {

/// How QGIS draws a layer: renderer and labels, as both a .qml file and a project hold them.
struct QgisStyle {
    std::string name;   ///< "4g_low_pct"
    std::string title;  ///< for people
    std::string body;
    bool labels = false;
};

/// The styles of a table's layer, the one that it opens with first; none for a table without places and for
/// one that this knows nothing about. They follow from the tables alone.
/// @param tables all of a run, because a dead zone's hatch follows from the definitions of the summary
[[nodiscard]] std::vector<QgisStyle> styles_of(const Table& table, std::span<const Table> tables);

/// Text of a .qml file.
[[nodiscard]] std::string vector_qml(const QgisStyle& style);
/// dead_zones.qml: of dead_zones.geojson and, from the same file, of dead_zones.tif. Each definition has its
/// own hatch, so that one shows through another.
[[nodiscard]] std::string dead_zones_qml(const QgisStyle& outlines);

/// A band of a raster. @param file of io/qgis/templates. @param band from 1
[[nodiscard]] std::string raster_body(const std::string& file, std::size_t band);
/// Text of a .qml file for the first band; another band is chosen in the layer's properties.
[[nodiscard]] std::string raster_qml(const std::string& file);

/// The table `layer_styles` of a GeoPackage, from which QGIS takes the style of a layer that it opens.
[[nodiscard]] Table layer_styles_table(std::span<const Table> tables);
inline constexpr const char* layer_styles_name = "layer_styles";

}  // namespace phusong::io
