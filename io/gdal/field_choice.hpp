#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/problems.hpp"
#include "io/gdal/vector_layer.hpp"

namespace phusong::io {

/// The first field that is called like one of the names, small or capital letters alike.
/// @param names in order of trust
[[nodiscard]] std::optional<std::string> obvious_field(const std::vector<VectorField>& fields,
                                                       std::span<const char* const> names);

/// The field that the study names, else an obvious one with a notice, else nothing.
/// @param named empty: not named. @param purpose "code of the communes"
/// @throws InputError listing the fields there are when the named one is missing
[[nodiscard]] std::optional<int> named_or_obvious_field(const VectorLayer& layer, const std::string& named,
                                                        std::span<const char* const> names,
                                                        const std::string& purpose, Problems& problems);

}  // namespace phusong::io
