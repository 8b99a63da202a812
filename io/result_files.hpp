#pragma once

#include <filesystem>
#include <functional>

#include "engine/plan.hpp"
#include "engine/scratch.hpp"
#include "engine/sources.hpp"
#include "engine/study_result.hpp"

namespace phusong::io {

/// Writes all tables of a run into a folder: CSV, GeoJSON, one GeoPackage and one workbook.
/// @param scratch that of the run
/// @param between called between files; what it throws ends the writing
/// @throws StorageError
void write_tables(const std::filesystem::path& folder, const Plan& plan, const Sources& sources,
                  const StudyResult& result, const Scratch& scratch, const std::function<void()>& between);

}  // namespace phusong::io
