#pragma once

#include <cstddef>
#include <string>

#include "engine/study.hpp"
#include "io/open_sources.hpp"
#include "tools/phusong/commands.hpp"

namespace phusong::cli {

/// @throws InputError when a study that others may have written leads over the network and nobody allowed it
void refuse_remote(const Study& study, bool allow_remote);

/// The study of a command: from its file, or from flags. @throws InputError
[[nodiscard]] Study study_of(const RunArguments& arguments);

/// As many as were asked for, or one a processor.
[[nodiscard]] std::size_t threads_of(const RunArguments& arguments);

/// Shares half of the memory budget out to the readers' caches; the other half is for tiles in work.
[[nodiscard]] io::OpenOptions open_options_of(const RunArguments& arguments, const Study& study,
                                              std::size_t threads);

/// @throws StorageError when an input, or the study file itself, lies inside the output folder, which a
/// replacement would remove
void refuse_output_over_inputs(const RunArguments& arguments, const Study& study);

}  // namespace phusong::cli
