#pragma once

#include <string>

namespace phusong::io {

/// Threshold in dBm of a named profile for a technology (DEFINITIONS 2: trai-2024, ofcom).
/// @throws InputError listing the profiles there are
[[nodiscard]] double profile_threshold_dbm(const std::string& profile, const std::string& technology);

}  // namespace phusong::io
