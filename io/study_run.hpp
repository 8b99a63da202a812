#pragma once

#include <atomic>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "engine/plan.hpp"
#include "engine/run.hpp"
#include "engine/sources.hpp"
#include "engine/study.hpp"
#include "engine/study_result.hpp"
#include "io/files/scratch_file.hpp"
#include "io/input_files.hpp"
#include "io/open_sources.hpp"

namespace phusong::io {

/// How a study is run into a folder; none of it changes a byte there.
struct StudyRunOptions {
    std::size_t threads = 1;
    OpenOptions open;
    PlanOptions plan;
    bool overwrite = false;  ///< whether older results in the folder, or the database, are replaced
    std::string to_postgis;  ///< database that gets the tables, too: "PG:host=..."; empty: none
    const std::atomic<bool>* cancel = nullptr;
    std::function<void(std::size_t done, std::size_t all)> progress;  ///< as of RunOptions
    std::function<void(const char* what)> stage;                      ///< as of RunOptions
    /// Carries out the pass and all that follows it; unset: `phusong::run`. The inputs are digested.
    std::function<StudyResult(const Plan&, const Sources&, const RunOptions&, const std::vector<InputFile>&)>
        pass;
};

/// What a run leaves in memory besides its files.
struct StudyRun {
    Plan plan;
    Sources sources;
    std::unique_ptr<ScratchFile> scratch;  ///< where outlines of dead zones lie
    StudyResult result;
};

/// Runs a study and writes everything into a folder, which appears whole or not at all.
/// @pre start_gdal
/// @throws InputError, StorageError, LimitError, Cancelled
[[nodiscard]] std::unique_ptr<const StudyRun> run_into(const std::filesystem::path& folder,
                                                       const Study& study, const StudyRunOptions& how);

}  // namespace phusong::io
