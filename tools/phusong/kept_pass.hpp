#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/run.hpp"
#include "engine/study.hpp"
#include "io/files/pass_folder.hpp"
#include "io/input_files.hpp"
#include "tools/phusong/commands.hpp"

namespace phusong::cli {

/// Whatever decides the values that are read, as PassStore::made_by.
[[nodiscard]] std::string pass_made_by();

/// Keeps the pass of a run where the user asks for it, and says what came of it.
class KeptPass {
public:
    /// @pre all outlive it @throws StorageError
    KeptPass(const RunArguments& arguments, const Study& study, const std::vector<io::InputFile>& inputs);

    /// `phusong::run`, with what is kept. @throws Cancelled saying where to go on from
    [[nodiscard]] StudyResult run(const Plan& plan, const Sources& sources, RunOptions options);
    /// Once the results are there: notes of what study, and says how much was counted.
    void finish();

private:
    const RunArguments& arguments_;
    const Study& study_;
    std::optional<io::PassFolder> folder_;
    std::optional<TileOrigins> origins_;
};

/// "counted 12 of 98 tiles; the others are as they were kept in 'kept'".
[[nodiscard]] std::string origins_text(const TileOrigins& origins, const std::string& folder);

}  // namespace phusong::cli
