#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/target_input.hpp"
#include "io/text/study_section.hpp"

namespace phusong::io {

/// A percentage in millionths of a per cent, more than 0 and at most 100 per cent; nothing where the key is
/// not there. @throws InputError
[[nodiscard]] std::optional<std::int64_t> millionths_of(const Section& section, std::string_view key);
/// "90" of 90,000,000.
[[nodiscard]] std::string percent_of(std::int64_t millionths);

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
