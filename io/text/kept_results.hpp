#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace phusong::io {

/// The bytes of a file that a run left in its result folder for later questions.
/// @param missing what to say when the folder holds results, but not this file: "a study without an event;
/// add [event] to the study and run it again"
/// @throws InputError when it is not there, StorageError when it cannot be read
[[nodiscard]] std::vector<std::uint8_t> read_kept(const std::filesystem::path& folder,
                                                  const std::string& name, const std::string& missing);

}  // namespace phusong::io
