#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "engine/plan.hpp"
#include "engine/study.hpp"
#include "tests/bench/national_inputs.hpp"

namespace phusong::bench {

/// Decodes every block of one file, one handle a thread; blocks are handed out to threads one by one.
void decode_all(const std::string& file, std::size_t threads);

/// Who is covered by what, and where nobody has mobile service. One layer for each file of coverage:
/// 4g, 5g, fibre, and the same again of another operator.
[[nodiscard]] Study study_of(const NationalFiles& files);

[[nodiscard]] std::vector<std::size_t> all_tiles(const Plan& plan);

}  // namespace phusong::bench
