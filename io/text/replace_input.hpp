#pragma once

#include <string>

#include "engine/study.hpp"

namespace phusong::io {

/// Gives one input of a study another file; what is said about its values stays.
/// @param name "communes", "population", "settlements", "sites", TECHNOLOGY or TECHNOLOGY:OPERATOR of
/// coverage, "after:" and the same of coverage after the event, "damage" or "damage:CAUSE"
/// @param file as the command line takes it: "path", "path[layer]" or "path[band]"
/// @throws InputError when the study has no such input, or several
void replace_input(Study& study, const std::string& name, const std::string& file);

}  // namespace phusong::io
