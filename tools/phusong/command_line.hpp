#pragma once

#include "tools/phusong/commands.hpp"

namespace phusong::cli {

/// Reads the arguments and runs the command that they name. @return the exit code
/// @throws what the command throws
int dispatch(int argc, char** argv, const MapCommands& maps);

}  // namespace phusong::cli
