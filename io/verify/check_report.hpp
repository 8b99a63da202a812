#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <vector>

#include "io/table.hpp"
#include "io/verify/findings.hpp"

namespace phusong::io {

/// Holds report.html against the page that the tables make. That of another phusong's template is left to its
/// hash, and one that is not there is no finding.
void check_report(const std::filesystem::path& folder, const std::vector<Table>& tables,
                  const nlohmann::json& manifest, Findings& findings);

}  // namespace phusong::io
