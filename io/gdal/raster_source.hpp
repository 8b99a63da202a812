#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "engine/problems.hpp"
#include "engine/sources.hpp"
#include "engine/study.hpp"

namespace phusong::io {

/// A GeoTIFF band as a source; each reader has its own dataset and block cache.
/// @param role what the study calls it, for messages
/// @param cache_bytes_per_reader decoded blocks kept by a reader; one block is always kept
/// @throws InputError, LimitError, StorageError
[[nodiscard]] std::shared_ptr<const RasterSource> open_raster(const FileLayer& file, const std::string& role,
                                                              std::size_t cache_bytes_per_reader,
                                                              Problems& problems);

}  // namespace phusong::io
