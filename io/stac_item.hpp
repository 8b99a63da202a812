#pragma once

#include <filesystem>
#include <string>

#include "engine/plan.hpp"
#include "io/proj/transform.hpp"

namespace phusong::io {

/// Text of stac-item.json: the results as an item of a SpatioTemporal Asset Catalog (STAC 1.0.0 with the
/// projection extension), every table and map of the folder an asset. Its time is that of the event; results
/// without one get the time that GeoPackages say, 1970 unless SOURCE_DATE_EPOCH is set, since inputs do not
/// tell theirs.
/// @param crs of the study, canonical
[[nodiscard]] std::string stac_item(const std::filesystem::path& folder, const Plan& plan,
                                    const std::string& crs, const ToLonLat& to_lonlat, bool synthetic);

}  // namespace phusong::io
