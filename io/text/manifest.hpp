#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/plan.hpp"
#include "engine/sources.hpp"
#include "engine/study_result.hpp"
#include "io/files/sha256.hpp"
#include "io/input_files.hpp"

namespace phusong::io {

/// One output file as it was written.
struct OutputFile {
    std::string name;  ///< in the result folder
    FileDigest digest;
};

/// Digests of all files of a folder, by name. @throws StorageError
[[nodiscard]] std::vector<OutputFile> digest_outputs(const std::filesystem::path& folder);

/// A manifest ends with the SHA-256 of itself, taken with this in its place.
inline constexpr std::size_t seal_digits = 64;
/// Where the digits of a manifest's own SHA-256 begin; npos: it has none.
[[nodiscard]] std::size_t seal_of(std::string_view manifest);
/// The SHA-256 that a manifest must have. @pre it has a place for it
[[nodiscard]] std::string seal_for(std::string manifest);

/// What was computed from what and how: study, inputs and outputs with SHA-256, versions, grid, alignment of
/// every layer, the ledger's balance and all problems. The same run gives the same bytes: no clock, no
/// threads, no host.
[[nodiscard]] std::string manifest_text(const Plan& plan, const Sources& sources, const StudyResult& result,
                                        const std::vector<InputFile>& inputs,
                                        const std::vector<OutputFile>& outputs,
                                        const std::vector<std::pair<std::string, std::string>>& versions);

/// The numbers of a run in short, for programs: one JSON object.
[[nodiscard]] std::string summary_json(const Plan& plan, const Sources& sources, const StudyResult& result,
                                       const std::string& output_folder);

}  // namespace phusong::io
