#pragma once

#include <string>

#include "engine/event.hpp"
#include "io/text/toml_text.hpp"

namespace phusong::io {

/// [event] and its tables, which `parse_study` reads back as the same event. @param files of the study
[[nodiscard]] std::string event_lines(const EventInput& event, const FileWriter& files);

}  // namespace phusong::io
