#pragma once

#include <string>
#include <vector>

#include "engine/target_input.hpp"
#include "io/text/study_section.hpp"

namespace phusong::io {

/// One [[target]] of a study. @param known technologies of the coverage
/// @throws InputError naming file, line and key
[[nodiscard]] TargetInput target_of(const Section& section, const std::vector<std::string>& known);
/// The same table, which `target_of` reads back.
[[nodiscard]] std::string target_lines(const TargetInput& target);

/// "any_operator", "best_operator".
[[nodiscard]] std::string rule_word(TargetInput::Rule rule);
/// "all", "province", "commune".
[[nodiscard]] std::string scope_word(TargetInput::Scope scope);
/// The name, or what the target says: "5g 90 % by 2025-12-31".
[[nodiscard]] std::string title_of(const TargetInput& target);

}  // namespace phusong::io
