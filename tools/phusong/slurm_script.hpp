#pragma once

#include <cstddef>
#include <string>

namespace phusong::cli {

/// A shell script that submits a plan to Slurm: an array of jobs, one a shard, requeued when a node is lost,
/// and a job that merges when all of them are done. Submitted again it counts what is missing.
/// @param plan file of the plan @param folder that the script changes to, absolute
[[nodiscard]] std::string slurm_script(const std::string& plan, const std::string& folder, std::size_t shards,
                                       bool allow_remote);

}  // namespace phusong::cli
