#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "engine/plan.hpp"
#include "engine/study_result.hpp"
#include "io/table.hpp"

namespace phusong::io {

/// A study as its results tell it, and what its ledger says about it: no raster was read.
struct SavedStudy {
    Plan plan;           ///< without shapes, tiles and event
    StudyResult result;  ///< without what follows from single cells
    bool synthetic = false;
};

/// Puts everything together again that follows from sums: shares, intervals, raking, roll-ups, and with the
/// people of dead zones what lies in which commune.
/// @param manifest of the results; @param tables of their GeoPackage: communes, dead zones and their communes
/// @throws InputError in one sentence, which begins with the file, when they do not fit together
[[nodiscard]] SavedStudy saved_study(const std::filesystem::path& folder, const nlohmann::json& manifest,
                                     const std::vector<Table>& tables);

/// The table of that name. @throws InputError
[[nodiscard]] const Table& saved_table_named(const std::vector<Table>& tables, const std::string& name);
/// A column's number. @throws InputError
[[nodiscard]] std::size_t column_of(const Table& table, const std::string& name);
/// Texts and numbers of a row; empty and 0 where there is none. @throws InputError
[[nodiscard]] std::string text_at(const Table& table, std::size_t row, const std::string& column);
[[nodiscard]] double number_at(const Table& table, std::size_t row, const std::string& column);
/// Whole units of 2^-24 person. @throws InputError when they are none
[[nodiscard]] Persons people_at(const Table& table, std::size_t row, const std::string& column);

}  // namespace phusong::io
