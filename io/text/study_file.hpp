#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "engine/study.hpp"

namespace phusong::io {

/// Reads a study (TOML). Paths in it are relative to the file's folder and come back joined with it.
/// @throws InputError naming file, line and what to write instead; unknown keys are errors, so that a slip of
/// the pen never changes a result in silence
[[nodiscard]] Study read_study_file(const std::filesystem::path& path);

/// The same from text. @param name of the file, for messages; @param folder that paths are relative to
[[nodiscard]] Study parse_study(std::string_view text, const std::string& name,
                                const std::filesystem::path& folder);

/// study_cells, population_share or none. @throws InputError
[[nodiscard]] ServiceRaster service_raster_of(const std::string& word);
/// "rfc" or "excel-vi". @throws InputError
[[nodiscard]] CsvDialect csv_dialect_of(const std::string& word);

/// Of "vi" or "en"; nothing of another word.
[[nodiscard]] std::optional<ReportLanguage> report_language_of(std::string_view word);
[[nodiscard]] const char* report_language_word(ReportLanguage language);

}  // namespace phusong::io
