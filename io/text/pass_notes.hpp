#pragma once

#include <filesystem>
#include <string>

#include "engine/study.hpp"

namespace phusong::io {

/// The file of a kept pass that says which study it is of.
inline constexpr const char* pass_notes_name = "kept.json";

/// Of which study a pass was kept, so that it can be brought up to date without being told again.
struct PassNotes {
    Study study;
    std::string out;  ///< folder of the results

    friend bool operator==(const PassNotes&, const PassNotes&) = default;
};

/// Relative paths count from the working directory.
[[nodiscard]] std::string pass_notes_text(const PassNotes& notes);
/// Paths come as they were given where the process works in the same directory again, else joined with it.
/// @throws InputError when the folder holds no kept pass, or one of another version
[[nodiscard]] PassNotes read_pass_notes(const std::filesystem::path& folder);

}  // namespace phusong::io
