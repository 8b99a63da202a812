#include "tools/phusong/kept_pass.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <numeric>

#include "engine/errors.hpp"
#include "io/gdal/startup.hpp"
#include "io/study_run.hpp"
#include "io/text/pass_notes.hpp"
#include "tools/phusong/display.hpp"
#include "tools/phusong/stop_signals.hpp"

namespace phusong::cli {

namespace {

namespace fs = std::filesystem;

bool lies_in(const fs::path& inner, const fs::path& outer) {
    return std::mismatch(outer.begin(), outer.end(), inner.begin(), inner.end()).first == outer.end();
}

/// Results are replaced whole, and what is kept must outlive them.
void refuse_nested(const std::string& keep, const std::string& out) {
    std::error_code error;
    const fs::path kept = fs::weakly_canonical(keep, error);
    const fs::path results = fs::weakly_canonical(out, error);
    if (lies_in(kept, results) || lies_in(results, kept)) {
        throw StorageError{fmt::format(
            "the pass cannot be kept in '{}', which holds or lies in the results' folder '{}'; name another "
            "folder for one of them",
            keep, out)};
    }
}

}  // namespace

std::string pass_made_by() {
    std::string text;
    for (const auto& [name, version] : io::library_versions()) {
        text.append(name).append(" ").append(version).append("\n");
    }
    return text;
}

KeptPass::KeptPass(const RunArguments& arguments, const Study& study,
                   const std::vector<io::InputFile>& inputs)
    : arguments_{arguments}, study_{study} {
    if (arguments.keep.empty()) return;
    refuse_nested(arguments.keep, arguments.out);
    folder_.emplace(arguments.keep,
                    arguments.resume ? io::PassFolder::Existing::go_on : io::PassFolder::Existing::refuse,
                    pass_made_by());
    // Of an update that fails the older study stays noted.
    if (!fs::exists(fs::path{arguments.keep} / io::pass_notes_name)) {
        folder_->write_notes(io::pass_notes_text({study, arguments.out}));
    }
    // A shard is known by what its inputs hold now; it must be what was counted.
    folder_->before_put = [&inputs] { io::refuse_changed_inputs(inputs); };
}

StudyResult KeptPass::run(const Plan& plan, const Sources& sources, RunOptions options) {
    if (!folder_) return phusong::run(plan, sources, options);
    options.store = &*folder_;
    options.take_kept = arguments_.resume;
    options.origins = [this](const TileOrigins& origins) { origins_ = origins; };
    try {
        return phusong::run(plan, sources, options);
    } catch (const Cancelled&) {
        throw Cancelled{fmt::format(
            "stopped before the end; what was counted is kept in '{}': {}", arguments_.keep,
            arguments_.resume ? "the same command goes on from there" : "add --resume to go on from there")};
    }
}

void KeptPass::finish() {
    if (!folder_) return;
    folder_->write_notes(io::pass_notes_text({study_, arguments_.out}));
    if (!origins_ || arguments_.quiet || !arguments_.resume) return;
    std::cerr << printable(origins_text(*origins_, arguments_.keep)) << '\n';
}

std::string origins_text(const TileOrigins& origins, const std::string& folder) {
    const std::size_t all = std::accumulate(origins.tiles.begin(), origins.tiles.end(), std::size_t{0});
    const std::size_t taken = origins.of(ShardOrigin::taken);
    if (taken == 0 && origins.of(ShardOrigin::other_pass) > 0) {
        return fmt::format(
            "nothing kept in '{}' could be used: its grid, communes, rules, dead zones, sites or library "
            "versions "
            "are not those of this study; all {} tiles were counted",
            folder, all);
    }
    std::string text = fmt::format("counted {} of {} tiles", all - taken, all);
    if (taken > 0) text += fmt::format("; the other {} are as they were kept in '{}'", taken, folder);
    if (const std::size_t damaged = origins.of(ShardOrigin::damaged); damaged > 0) {
        text += fmt::format(" ({} were kept, but damaged)", damaged);
    }
    return text;
}

}  // namespace phusong::cli
