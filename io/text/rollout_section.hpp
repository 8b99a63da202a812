#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "engine/rollout_input.hpp"
#include "io/text/study_section.hpp"
#include "io/text/toml_text.hpp"

namespace phusong::io {

/// [rollout] of a study. @param known technologies of the coverage
/// @throws InputError naming file, line and key
[[nodiscard]] RolloutInput rollout_of(const Section& section, const std::vector<std::string>& known,
                                      const std::filesystem::path& folder);
/// The same tables, which `rollout_of` reads back.
[[nodiscard]] std::string rollout_lines(const RolloutInput& input, const FileWriter& writer);

}  // namespace phusong::io
