#pragma once

#include <string>

namespace phusong::io {

/// Whether a table, which holds no metadata, has a companion `path`.aux.xml, GDAL's place for them, that says
/// SYNTHETIC=YES.
[[nodiscard]] bool marked_synthetic(const std::string& path);

}  // namespace phusong::io
