#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <vector>

#include "io/report/map_drawing.hpp"
#include "io/report/measures.hpp"
#include "io/table.hpp"

namespace phusong::io {

/// What the page's script shows: the tables' own numbers, what a map can show, curves, and the manifest but
/// for its outputs.
/// @param folder of the results: curves of an event are in CSV files only
/// @throws InputError, StorageError when one of those cannot be read
[[nodiscard]] nlohmann::ordered_json report_data(const std::filesystem::path& folder,
                                                 const std::vector<Table>& tables,
                                                 const nlohmann::json& manifest, const MapDrawing& drawing,
                                                 const std::vector<Measure>& measures);

}  // namespace phusong::io
