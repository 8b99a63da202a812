#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>

#include "engine/plan.hpp"
#include "engine/study_result.hpp"

namespace phusong::io {

/// What an event did to everybody, in numbers: people, causes, dividend, and what they rest on.
/// @pre the result has an event
[[nodiscard]] nlohmann::ordered_json event_result_json(const Plan& plan, const StudyResult& result);

/// The communes most in need, by rank. @pre the result has an event
[[nodiscard]] nlohmann::ordered_json gaps_json(const Plan& plan, const StudyResult& result, std::size_t most);

}  // namespace phusong::io
