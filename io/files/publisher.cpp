#include "io/files/publisher.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <system_error>

#include "engine/errors.hpp"
#include "io/files/checked_file.hpp"

namespace phusong::io {

namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const fs::path& path, const std::string& what, int reason) {
    throw StorageError{"'" + path.string() + "' " + what + ": " + std::generic_category().message(reason)};
}

std::string stage_prefix(const fs::path& target) {
    return "." + target.filename().string() + ".phusong-stage-";
}

/// Stages carry the number of their process; those of processes that are gone are litter.
void remove_stale_stages(const fs::path& target) {
    const std::string prefix = stage_prefix(target);
    std::error_code ignored;  // litter that cannot be removed harms nobody
    for (const auto& entry : fs::directory_iterator{target.parent_path(), ignored}) {
        const std::string name = entry.path().filename().string();
        if (name.rfind(prefix, 0) != 0) continue;
        const long process = std::strtol(name.c_str() + prefix.size(), nullptr, 10);
        if (process > 0 && ::kill(static_cast<pid_t>(process), 0) != 0 && errno == ESRCH) {
            fs::remove_all(entry.path(), ignored);
        }
    }
}

void check_target(const fs::path& target, Publisher::Existing existing) {
    struct stat status {};
    if (::lstat(target.c_str(), &status) != 0) return;
    if (!S_ISDIR(status.st_mode)) {
        throw StorageError{"output '" + target.string() +
                           "' exists and is not a folder; name another folder"};
    }
    std::error_code error;
    const bool empty = fs::is_empty(target, error);
    if (error) fail(target, "cannot be looked into", error.value());
    if (empty) return;
    if (existing == Publisher::Existing::refuse) {
        throw StorageError{
            "output folder '" + target.string() +
            "' holds files; add --overwrite to replace an older result, or name another folder"};
    }
    if (!fs::exists(target / "manifest.json", error)) {
        throw StorageError{
            "output folder '" + target.string() +
            "' holds files that are no result of phusong (no manifest.json), and is not replaced; "
            "name another folder"};
    }
}

}  // namespace

Publisher::Publisher(const fs::path& target, Existing existing)
    : target_{fs::absolute(target).lexically_normal()} {
    if (target_.filename().empty()) target_ = target_.parent_path();  // a trailing slash
    check_target(target_, existing);
    std::error_code error;
    fs::create_directories(target_.parent_path(), error);
    if (error) fail(target_.parent_path(), "cannot be made", error.value());
    remove_stale_stages(target_);
    stage_ = target_.parent_path() / (stage_prefix(target_) + std::to_string(::getpid()));
    fs::remove_all(stage_, error);
    if (::mkdir(stage_.c_str(), 0777) != 0) fail(stage_, "cannot be made", errno);
}

Publisher::~Publisher() {
    std::error_code ignored;  // the next run removes what could not be removed now
    if (!stage_.empty()) fs::remove_all(stage_, ignored);
}

void Publisher::publish() {
    for (const auto& entry : fs::recursive_directory_iterator{stage_}) sync_to_disk(entry.path());
    sync_to_disk(stage_);
    struct stat status {};
    if (::lstat(target_.c_str(), &status) == 0) {
        // One step: there is no moment without a whole result. The old one is then in the stage and goes with
        // it.
        if (::renameat2(AT_FDCWD, stage_.c_str(), AT_FDCWD, target_.c_str(), RENAME_EXCHANGE) != 0) {
            fail(target_, "cannot be replaced", errno);
        }
        sync_to_disk(target_.parent_path());
        return;
    }
    if (::rename(stage_.c_str(), target_.c_str()) != 0) fail(target_, "cannot be made", errno);
    stage_.clear();
    sync_to_disk(target_.parent_path());
}

}  // namespace phusong::io
