#include "io/files/checked_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

#include "engine/errors.hpp"

namespace phusong::io {

namespace {

constexpr std::size_t buffer_bytes = std::size_t{1} << 16;

[[noreturn]] void fail(const std::filesystem::path& path, const char* what) {
    const int reason = errno;
    throw StorageError{"'" + path.string() + "' " + what + ": " + std::generic_category().message(reason)};
}

}  // namespace

CheckedFile::CheckedFile(std::filesystem::path path)
    : path_{std::move(path)},
      descriptor_{::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666)} {
    if (descriptor_ < 0) fail(path_, "cannot be made");
}

CheckedFile::~CheckedFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

void CheckedFile::write(std::string_view text) {
    buffer_ += text;
    if (buffer_.size() >= buffer_bytes) flush();
}

void CheckedFile::flush() {
    std::string_view rest = buffer_;
    while (!rest.empty()) {
        const ssize_t written = ::write(descriptor_, rest.data(), rest.size());
        if (written < 0) {
            if (errno == EINTR) continue;
            fail(path_, "cannot be written");
        }
        rest.remove_prefix(static_cast<std::size_t>(written));
    }
    buffer_.clear();
}

void CheckedFile::finish() {
    flush();
    if (::fsync(descriptor_) != 0) fail(path_, "cannot be brought to the disk");
    if (::close(std::exchange(descriptor_, -1)) != 0) fail(path_, "cannot be closed");
}

void sync_to_disk(const std::filesystem::path& path) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) fail(path, "cannot be opened to bring it to the disk");
    const int result = ::fsync(descriptor);
    const int reason = errno;
    ::close(descriptor);
    errno = reason;
    if (result != 0) fail(path, "cannot be brought to the disk");
}

}  // namespace phusong::io
