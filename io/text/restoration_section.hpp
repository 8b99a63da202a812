#pragma once

#include <string>

#include "engine/restoration_input.hpp"
#include "io/text/study_section.hpp"

namespace phusong::io {

/// [restoration] of a study. @throws InputError naming file, line and key
[[nodiscard]] RestorationInput restoration_input_of(const Section& section);
/// The same table, which `restoration_input_of` reads back.
[[nodiscard]] std::string restoration_lines(const RestorationInput& input);

}  // namespace phusong::io
