#pragma once

#include <filesystem>
#include <vector>

#include "engine/event.hpp"
#include "io/text/study_section.hpp"

namespace phusong::io {

/// What [event] and the tables under it say. Curves are shipped names or paths joined with the folder.
/// @param coverage of the study: what may be lost
/// @throws InputError naming file, line and what to write instead
[[nodiscard]] EventInput event_of(const Section& section, const std::vector<CoverageInput>& coverage,
                                  const std::filesystem::path& folder);

}  // namespace phusong::io
