#pragma once

#include <cstddef>

#include "engine/sources.hpp"
#include "engine/study.hpp"

namespace phusong::io {

struct OpenOptions {
    /// Decoded raster blocks that each reader keeps; there is one reader for each thread and raster.
    std::size_t cache_bytes_per_reader = std::size_t{64} << 20;
};

/// Opens and checks everything that a study names: the population raster first, whose CRS is the study's;
/// then the communes; then each coverage layer, as a raster if it is one, else as polygons; then the places.
/// @throws InputError, StorageError, LimitError before any cell is read
[[nodiscard]] Sources open_sources(const Study& study, const OpenOptions& options = {});

}  // namespace phusong::io
