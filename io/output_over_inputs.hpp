#pragma once

#include <string>
#include <vector>

namespace phusong::io {

/// That none of the files lies in the output folder, which a replacement would remove.
/// @throws StorageError naming the first that does
void refuse_output_over_inputs(const std::string& out, const std::vector<std::string>& inputs);

}  // namespace phusong::io
