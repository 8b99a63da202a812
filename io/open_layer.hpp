#pragma once

#include <string>

#include "engine/sources.hpp"
#include "engine/study.hpp"
#include "io/open_sources.hpp"

namespace phusong::io {

/// Where everything else of a study must lie.
struct StudyPlane {
    std::string crs;         ///< canonical
    GridSpec grid;           ///< cells no larger than those of the study
    Extent communes_extent;  ///< in the CRS
    std::string communes;    ///< names them in messages
};

[[nodiscard]] Extent extent_of_grid(const GridSpec& grid);
/// NaN extents, of places without an image, overlap nothing.
[[nodiscard]] bool overlap(const Extent& a, const Extent& b);
/// @throws InputError naming both and where they lie
void require_overlap(const std::string& one, const Extent& extent, const std::string& other,
                     const Extent& other_extent, const std::string& crs);

/// Whether a file is to be read as a raster: it is one, or the study names a band. @throws InputError
[[nodiscard]] bool is_raster(const FileLayer& file);

/// Where the communes lie in the CRS of a raster. @param from_study null: the same CRS
[[nodiscard]] Extent wanted_extent(const StudyPlane& study, const CoordinateTransformSource* from_study);

/// A coverage layer as a raster if it is one, else as polygons. @param role for messages: "coverage"
/// @throws InputError, StorageError, LimitError
[[nodiscard]] CoverageSource open_coverage(const CoverageInput& input, const StudyPlane& study,
                                           const OpenOptions& options, Problems& problems,
                                           const std::string& role = "coverage");

}  // namespace phusong::io
