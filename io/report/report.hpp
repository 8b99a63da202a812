#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "io/table.hpp"

namespace phusong::io {

/// The whole page: one file that needs no network. The same tables and manifest give the same bytes.
/// @param folder of the results; its curves are read
/// @param tables of its GeoPackage
/// @param manifest of the run; what it says of outputs is left aside
/// @throws InputError, StorageError
[[nodiscard]] std::string report_page(const std::filesystem::path& folder, const std::vector<Table>& tables,
                                      const nlohmann::json& manifest);

/// Names the template of a page: pages of equal templates are comparable byte by byte.
[[nodiscard]] std::string page_fingerprint();

/// Writes report.html into a folder that holds the tables of a run already.
/// @param manifest as text, outputs not needed
void write_report(const std::filesystem::path& folder, const std::string& manifest);

/// JSON as text for a script element: nothing in it ends the element or begins another.
[[nodiscard]] std::string json_for_page(const nlohmann::ordered_json& json);

}  // namespace phusong::io
