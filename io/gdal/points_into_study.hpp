#pragma once

#include <string>
#include <vector>

#include "algorithms/zones/polygon.hpp"
#include "io/gdal/vector_layer.hpp"

namespace phusong::io {

/// Positions of a layer moved into the study's CRS; those without an image there become NaN.
/// @return the operation used; empty: none was needed. @pre study_crs is canonical
/// @throws InputError when the positions cannot be what the layer's CRS says
[[nodiscard]] std::string bring_points_into_study(std::vector<Point>& positions, const VectorLayer& layer,
                                                  const std::string& study_crs);

/// Refuses what can be no longitude and latitude. @param subject opens the message. @throws InputError
void require_degrees(const Point& position, const std::string& subject);

}  // namespace phusong::io
