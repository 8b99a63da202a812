#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "engine/study.hpp"
#include "io/files/sha256.hpp"

namespace phusong::io {

/// One input file as it was read.
struct InputFile {
    std::string role;  ///< as `files_of` names it
    std::string path;  ///< as the user gave it
    FileDigest digest;
    std::filesystem::file_time_type modified;  ///< when it was first seen
    std::string layer{};                       ///< of a database
};

/// Sizes and times of change of all input files of a study, main file by main file, without digests: asked
/// before anything is read. Files that are not there have neither.
[[nodiscard]] std::vector<InputFile> seen_inputs(const Study& study);
/// Of its bytes; of a database of its rows. @throws StorageError, InputError
[[nodiscard]] std::string sha256_of_input(const InputFile& input);
/// Takes the digests; what was seen stays. @throws StorageError, InputError
void digest_inputs(std::vector<InputFile>& inputs);

/// @throws InputError when an input is no longer the file that was digested
void refuse_changed_inputs(const std::vector<InputFile>& inputs);

}  // namespace phusong::io
