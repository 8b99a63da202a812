#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "io/table.hpp"

namespace phusong::io {

/// A map for slides: 1600 x 900.
struct Picture {
    std::string name;  ///< of its file, without ending: "map_4g"
    std::string svg;
};

/// One for each thing that a map of the results can show.
/// @param tables of the results' GeoPackage @param manifest of the run @param language "vi" or "en"
[[nodiscard]] std::vector<Picture> pictures_of(const std::vector<Table>& tables,
                                               const nlohmann::json& manifest, const std::string& language);

}  // namespace phusong::io
