#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "engine/layer_input.hpp"
#include "io/text/study_section.hpp"

namespace phusong::io {

/// A path of a study file, which is relative to the study's folder. @param folder empty: stays as it is
[[nodiscard]] std::string joined_path(const std::string& text, const std::filesystem::path& folder);

/// A file, with its layer or band in brackets. @param folder as above
[[nodiscard]] FileLayer file_named(const std::string& text, const std::filesystem::path& folder);

/// path (with layer or band in brackets), layer, band, crs, encoding. @param key that names the file
/// @throws InputError
[[nodiscard]] FileLayer file_of(const Section& section, const std::filesystem::path& folder,
                                const std::string& key = "path");

/// `technology` of a section. @param known those of the coverage @throws InputError when it is none of them
[[nodiscard]] std::string technology_of(const Section& section, const std::vector<std::string>& known);

/// One [[coverage]] or [[event.after]]; the operator's name in NFC. @throws InputError
[[nodiscard]] CoverageInput coverage_of(const Section& section, const std::filesystem::path& folder);

}  // namespace phusong::io
