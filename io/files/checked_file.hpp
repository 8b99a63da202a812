#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace phusong::io {

/// A file whose every write, sync and close is checked; GDAL 3.6's text writers lose a full disk in silence.
/// Left unfinished, the file stays as it is: it lies in a stage that is thrown away.
class CheckedFile {
public:
    /// Makes a new file. @throws StorageError when it exists or cannot be made
    explicit CheckedFile(std::filesystem::path path);
    ~CheckedFile();
    CheckedFile(const CheckedFile&) = delete;
    CheckedFile& operator=(const CheckedFile&) = delete;

    /// Buffered. @throws StorageError with path and reason
    void write(std::string_view text);
    /// Flushes, syncs and closes. @throws StorageError with path and reason
    void finish();

private:
    void flush();

    std::filesystem::path path_;
    std::string buffer_;
    int descriptor_ = -1;
};

/// Syncs a file or folder that others wrote. @throws StorageError
void sync_to_disk(const std::filesystem::path& path);

}  // namespace phusong::io
