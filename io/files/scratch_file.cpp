#include "io/files/scratch_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <system_error>

#include "engine/errors.hpp"

namespace phusong::io {

namespace {

[[noreturn]] void fail_in(const std::filesystem::path& folder, const std::string& what, int reason) {
    throw StorageError{"a temporary file in '" + folder.string() + "' " + what + ": " +
                       std::generic_category().message(reason) +
                       "; free space there, or name an output folder on a larger disk"};
}

int open_without_name(const std::filesystem::path& folder) {
    const int unnamed = ::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (unnamed >= 0) return unnamed;
    // Some file systems (NFS, overlays) know no file without a name.
    const std::filesystem::path name = folder / (".scratch-" + std::to_string(::getpid()));
    const int named = ::open(name.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (named < 0) fail_in(folder, "cannot be made", errno);
    ::unlink(name.c_str());
    return named;
}

}  // namespace

ScratchFile::ScratchFile(const std::filesystem::path& folder)
    : folder_{folder}, descriptor_{open_without_name(folder)} {}

ScratchFile::~ScratchFile() {
    ::close(descriptor_);
}

std::size_t ScratchFile::put(std::span<const std::uint8_t> bytes) {
    Piece piece;
    std::size_t handle = 0;
    {
        const std::scoped_lock lock{mutex_};
        handle = pieces_.size();
        piece = {end_, bytes.size()};
        pieces_.push_back(piece);
        end_ += static_cast<off_t>(bytes.size());
    }
    off_t offset = piece.offset;
    while (!bytes.empty()) {
        const ssize_t written = ::pwrite(descriptor_, bytes.data(), bytes.size(), offset);
        if (written < 0) {
            if (errno == EINTR) continue;
            fail_in(folder_, "cannot be written", errno);
        }
        if (written == 0) fail_in(folder_, "cannot be written", ENOSPC);
        bytes = bytes.subspan(static_cast<std::size_t>(written));
        offset += written;
    }
    return handle;
}

std::vector<std::uint8_t> ScratchFile::get(std::size_t handle) const {
    Piece piece;
    {
        const std::scoped_lock lock{mutex_};
        piece = pieces_.at(handle);
    }
    std::vector<std::uint8_t> bytes(piece.size);
    std::span<std::uint8_t> rest{bytes};
    off_t offset = piece.offset;
    while (!rest.empty()) {
        const ssize_t read = ::pread(descriptor_, rest.data(), rest.size(), offset);
        if (read < 0) {
            if (errno == EINTR) continue;
            fail_in(folder_, "cannot be read", errno);
        }
        if (read == 0) fail_in(folder_, "ends too early", EIO);
        rest = rest.subspan(static_cast<std::size_t>(read));
        offset += read;
    }
    return bytes;
}

}  // namespace phusong::io
