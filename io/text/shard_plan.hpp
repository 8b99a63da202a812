#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "engine/kept_shard.hpp"
#include "engine/plan.hpp"
#include "engine/study.hpp"
#include "io/input_files.hpp"

namespace phusong::io {

struct PlannedShard {
    NumberRange kept;   ///< numbers of `kept_shards`
    NumberRange tiles;  ///< the same as tiles
    double cost = 0;    ///< part of the whole, 0..1

    friend bool operator==(const PlannedShard&, const PlannedShard&) = default;
};

/// A study cut into shards that machines count on their own: what `phusong plan` writes.
struct ShardPlan {
    Study study;
    PlanOptions options;
    std::vector<InputFile> inputs;  ///< digested
    std::string made_by;            ///< versions of the libraries that decide a result
    std::vector<PlannedShard> shards;
    std::uint64_t name = 0;  ///< of all of it: `name_of`
};

/// Shards of about equal cost; as many as are asked for, or as there are pieces to share out. The name is
/// set.
[[nodiscard]] ShardPlan plan_shards(const Plan& plan, const PlanOptions& options,
                                    std::vector<InputFile> inputs, std::string made_by, std::size_t shards);

/// What tells partial results of one plan from those of all others.
[[nodiscard]] std::uint64_t name_of(const ShardPlan& planned, const Plan& plan);

/// Relative paths count from the working directory.
[[nodiscard]] std::string shard_plan_text(const ShardPlan& planned);
/// Paths come as they were given where the process works in the same directory again, else joined with it.
/// @throws InputError when it is no plan, or one of another version
[[nodiscard]] ShardPlan read_shard_plan(const std::filesystem::path& path);

/// That the study's files are those that were planned with. A file of the same size and time of change is
/// taken for the same; of any other its SHA-256 decides, so that copies on other machines will do.
/// @param seen as `seen_inputs` gives them @throws InputError naming the first that is another
void refuse_other_inputs(const ShardPlan& planned, const std::vector<InputFile>& seen);
/// The same by SHA-256 alone, of inputs that are digested. @throws InputError
void refuse_other_digests(const ShardPlan& planned, const std::vector<InputFile>& digested);

/// That a plan that was made anew is the one that was shared out. @throws InputError
void refuse_other_plan(const ShardPlan& planned, const Plan& plan, const std::string& made_by);

}  // namespace phusong::io
