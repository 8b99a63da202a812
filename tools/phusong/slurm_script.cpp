#include "tools/phusong/slurm_script.hpp"

#include <fmt/format.h>

#include <filesystem>

namespace phusong::cli {

namespace {

/// As one word of a shell.
std::string quoted(const std::string& text) {
    std::string word = "'";
    for (const char c : text) {
        if (c == '\'') {
            word += "'\\''";
        } else {
            word += c;
        }
    }
    return word + "'";
}

// {0} folder, {1} plan, {2} folder of parts, {3} last shard, {4} further options. The inner scripts come
// through quoted here-documents, and what they need through the environment: no name is ever read as shell.
constexpr const char* script = R"(#!/bin/sh
# Submits the shards of a plan of phusong to Slurm, and a job that merges them when all are done.
# usage: sh SCRIPT [RESULTS]      (RESULTS: folder for the results, default: results)
# Partition, account, time and memory: SBATCH_PARTITION, SBATCH_ACCOUNT, SBATCH_TIMELIMIT, SBATCH_MEM_PER_CPU.
# PHUSONG names the program where it is not on the nodes' PATH. Submitted again, shards that are there are not counted again.
set -eu
cd {0}
export PHUSONG="${{PHUSONG:-phusong}}" PLAN={1} PARTS={2} RESULTS="${{1:-results}}"
mkdir -p "$PARTS"
shards=$(sbatch --parsable --requeue --array=0-{3} --job-name=phusong-shard --output="$PARTS/%a.log" <<'JOB'
#!/bin/sh
exec "$PHUSONG" run-shard --plan "$PLAN" --shard "$SLURM_ARRAY_TASK_ID" -o "$PARTS/$SLURM_ARRAY_TASK_ID.part" --threads 1 -q{4}
JOB
)
merge=$(sbatch --parsable --requeue --dependency="afterok:$shards" --kill-on-invalid-dep=yes --job-name=phusong-merge \
  --output="$PARTS/merge.log" <<'JOB'
#!/bin/sh
exec "$PHUSONG" merge --plan "$PLAN" "$PARTS"/*.part --out "$RESULTS" --overwrite -q{4}
JOB
)
echo "shards: job $shards, merge: job $merge"
)";

}  // namespace

std::string slurm_script(const std::string& plan, const std::string& folder, std::size_t shards,
                         bool allow_remote) {
    const std::string parts = std::filesystem::path{plan}.replace_extension().string() + "-parts";
    return fmt::format(script, quoted(folder), quoted(plan), quoted(parts), shards - 1,
                       allow_remote ? " --allow-remote" : "");
}

}  // namespace phusong::cli
