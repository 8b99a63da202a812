#include "io/files/pass_folder.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <string_view>
#include <system_error>
#include <utility>

#include "engine/errors.hpp"
#include "io/files/checked_file.hpp"
#include "io/text/pass_notes.hpp"

namespace phusong::io {

namespace {

namespace fs = std::filesystem;

[[noreturn]] void refuse(const fs::path& path, const std::string& what, int reason) {
    throw StorageError{
        fmt::format("'{}' {}: {}", path.string(), what, std::generic_category().message(reason))};
}

/// Under another name first, so that no reader ever meets a part of it.
void write_whole(const fs::path& path, std::string_view bytes) {
    const fs::path made = path.parent_path() / ("." + path.filename().string());
    try {
        CheckedFile file{made};
        file.write(bytes);
        file.finish();
    } catch (const StorageError&) {
        ::unlink(made.c_str());
        throw;
    }
    if (std::rename(made.c_str(), path.c_str()) != 0) refuse(path, "cannot be made", errno);
}

void check_folder(const fs::path& folder, PassFolder::Existing existing) {
    std::error_code error;
    if (!fs::exists(folder, error)) return;
    if (!fs::is_directory(folder, error)) {
        throw StorageError{
            fmt::format("'{}' exists and is not a folder; name another one to keep", folder.string())};
    }
    const bool kept = fs::exists(folder / pass_notes_name, error);
    if (kept && existing == PassFolder::Existing::refuse) {
        throw StorageError{fmt::format(
            "'{}' holds a kept pass; add --resume to take from it what still holds, or name another "
            "folder to keep",
            folder.string())};
    }
    if (!kept && !fs::is_empty(folder, error)) {
        throw StorageError{
            fmt::format("'{}' holds files that are no kept pass (no {}); name another folder to keep",
                        folder.string(), pass_notes_name)};
    }
}

/// What a process that was killed had not yet renamed.
void remove_half_made(const fs::path& folder) {
    std::error_code ignored;  // then making it again fails with a reason
    for (const auto& entry : fs::directory_iterator{folder, ignored}) {
        if (entry.path().filename().string().front() == '.') fs::remove(entry.path(), ignored);
    }
}

}  // namespace

PassFolder::PassFolder(const fs::path& folder, Existing existing, std::string made_by)
    : folder_{fs::absolute(folder).lexically_normal()}, made_by_{std::move(made_by)} {
    if (folder_.filename().empty()) folder_ = folder_.parent_path();  // a trailing slash
    check_folder(folder_, existing);
    std::error_code error;
    fs::create_directories(folder_ / "shards", error);
    if (error) refuse(folder_, "cannot be made", error.value());
    lock_ = ::open(folder_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (lock_ < 0) refuse(folder_, "cannot be opened", errno);
    if (::flock(lock_, LOCK_EX | LOCK_NB) != 0) {
        const int reason = errno;
        ::close(lock_);
        if (reason != EWOULDBLOCK) refuse(folder_, "cannot be locked", reason);
        throw StorageError{fmt::format(
            "'{}' is in use by another phusong; wait for its end, or name another folder", folder_.string())};
    }
    remove_half_made(folder_);
    remove_half_made(folder_ / "shards");
}

PassFolder::~PassFolder() {
    ::close(lock_);
}

fs::path PassFolder::file_of(std::size_t shard) const {
    return folder_ / "shards" / fmt::format("{:06}.phusong", shard);
}

std::optional<std::vector<std::uint8_t>> PassFolder::get(std::size_t shard) const {
    const fs::path path = file_of(shard);
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) {
        if (errno == ENOENT) return std::nullopt;
        refuse(path, "cannot be opened", errno);
    }
    std::vector<std::uint8_t> bytes;
    std::error_code error;
    bytes.resize(fs::file_size(path, error));
    std::size_t done = 0;
    int reason = error.value();
    while (reason == 0 && done < bytes.size()) {
        const ssize_t got = ::read(descriptor, bytes.data() + done, bytes.size() - done);
        if (got < 0 && errno != EINTR) reason = errno;
        if (got == 0) bytes.resize(done);
        if (got > 0) done += static_cast<std::size_t>(got);
    }
    ::close(descriptor);
    if (reason != 0) refuse(path, "cannot be read", reason);
    return bytes;
}

void PassFolder::put(std::size_t shard, std::span<const std::uint8_t> bytes) {
    if (before_put) before_put();
    write_whole(file_of(shard), {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

void PassFolder::write_notes(const std::string& text) const {
    write_whole(folder_ / pass_notes_name, text);
    sync_to_disk(folder_);
}

}  // namespace phusong::io
