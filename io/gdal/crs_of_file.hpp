#pragma once

#include <string>

#include "engine/problems.hpp"
#include "engine/study.hpp"
#include "io/gdal/handles.hpp"

namespace phusong::io {

/// The canonical CRS of a file's layer: the study's word where it gives one (with a notice when it
/// contradicts the file), else the file's. A forgotten VN-2000 datum is said.
/// @param subject opens messages. @throws InputError when nobody says which CRS
[[nodiscard]] std::string crs_of_file(OGRSpatialReferenceH from_file, const FileLayer& file,
                                      const std::string& subject, Problems& problems);

/// For writing; x east, y north. @pre crs is canonical. @throws StorageError
[[nodiscard]] SpatialReferenceHandle make_spatial_reference(const std::string& crs);

}  // namespace phusong::io
