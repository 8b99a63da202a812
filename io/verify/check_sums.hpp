#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <vector>

#include "io/table.hpp"
#include "io/verify/findings.hpp"
#include "io/verify/saved_study.hpp"

namespace phusong::io {

/// Every number of communes, provinces and the summary of dead zones that follows from the ledger and from
/// the people of dead zones, exactly.
void check_derived(const SavedStudy& saved, const std::vector<Table>& tables, Findings& findings);
/// communes + outside - counted twice = raster, and what the manifest says about it.
void check_balance(const SavedStudy& saved, const nlohmann::json& manifest, Findings& findings);
/// A dead zone's people and communes are those of its parts.
void check_parts(const SavedStudy& saved, const std::vector<Table>& tables, Findings& findings);
/// People and land of the ledger as numbers are its whole units; what happened to people adds up.
/// @param dialect that the files were written in
void check_csv_laws(const std::filesystem::path& folder, CsvDialect dialect, Findings& findings);

}  // namespace phusong::io
