#pragma once

namespace phusong::cli {

/// Becomes `phusong-maps`, with the same arguments and environment: it lies beside this program, or where
/// installations keep what no user starts.
/// @param argv of main, with the null pointer at its end
/// @throws StorageError when it is in neither place; Cancelled when a signal came before
[[noreturn]] void hand_over_to_maps(char** argv);

}  // namespace phusong::cli
