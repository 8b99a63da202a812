#pragma once

#include <string>

namespace CLI {
class App;
}  // namespace CLI

namespace phusong::cli {

/// The whole command line for programs, as one JSON object: every command with its arguments and options.
/// The man page, the completion of shells and the dialogs of QGIS are made of it.
[[nodiscard]] std::string usage_json(const CLI::App& app, const std::string& version);

}  // namespace phusong::cli
