#pragma once

#include <string>
#include <string_view>

#include "engine/study.hpp"

namespace phusong::io {

/// Whether a name stands for a file that GDAL reads over a network: "/vsis3/bucket/people.tif",
/// "/vsicurl/https://example.org/people.tif".
[[nodiscard]] bool names_object(std::string_view name);

/// Whether only a network leads to it: an object, or a PostGIS database.
[[nodiscard]] bool names_remote(std::string_view name);

/// Whether any of its inputs is remote.
[[nodiscard]] bool has_remote_inputs(const Study& study);

/// Whoever wrote a study decides what it names, and with whose rights: nothing remote is opened unless that
/// is wanted.
/// @param permission how to allow it, for the message: "--allow-remote"
/// @throws InputError when the study leads to something remote
void refuse_remote(const Study& study, const std::string& permission);

}  // namespace phusong::io
