#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "algorithms/grid/grid_spec.hpp"
#include "algorithms/zones/polygon.hpp"
#include "engine/problems.hpp"

namespace phusong::io {

/// Tolerance of reprojected borders, in study cells.
inline constexpr double border_tolerance_cells = 0.01;

/// The extent of all shapes that have parts; nothing when none has.
[[nodiscard]] std::optional<Extent> extent_of_all(const std::vector<MultiPolygon>& shapes);

/// Shapes of a layer moved into the study's CRS.
/// @param quoted names the file; @param subject_of names a shape, for messages. @pre both CRSs are canonical
/// @return the operation used; empty where none was needed
/// @throws InputError when there is no trustworthy operation, or a shape has no place in the study's CRS
[[nodiscard]] std::string bring_into_study(std::vector<MultiPolygon>& shapes, const std::string& crs,
                                           const std::string& study_crs, const GridSpec& study_grid,
                                           const std::string& quoted,
                                           const std::function<std::string(std::size_t)>& subject_of);

/// Repairs in place; every repair, and a shape lost, is a problem of `subject`.
void repair_and_tell(MultiPolygon& shape, const std::string& subject, Problems& problems);

}  // namespace phusong::io
