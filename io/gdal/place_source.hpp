#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "algorithms/zones/polygon.hpp"
#include "engine/problems.hpp"
#include "engine/sources.hpp"
#include "engine/study.hpp"

namespace phusong::io {

enum class PlaceKind : std::uint8_t { settlements, sites };

/// "settlements" or "sites".
[[nodiscard]] const char* word_of(PlaceKind kind);

/// Places of a layer of points, or of a table (CSV) with columns of positions, in file order, in the study's
/// CRS. Ids are text; names NFC. Features without a usable position are left out with a notice.
/// @param study_crs canonical
/// @throws InputError naming file, layer and feature; when no place is left, too
[[nodiscard]] PlacesSource read_places(const PlacesInput& input, PlaceKind kind, const std::string& study_crs,
                                       Problems& problems);

/// @pre there is a place
[[nodiscard]] Extent extent_of(const std::vector<Place>& places);

}  // namespace phusong::io
