#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "engine/restoration.hpp"

namespace phusong::io {

/// "site", "generator" or "feeder".
[[nodiscard]] std::string task_word(RestorationTask::Kind kind);
/// The plan in figures, without its repairs.
[[nodiscard]] nlohmann::ordered_json restoration_json(const Restoration& restoration);
/// The repairs in the order of work, at most so many.
[[nodiscard]] nlohmann::ordered_json repairs_json(const Restoration& restoration, std::size_t most);

}  // namespace phusong::io
