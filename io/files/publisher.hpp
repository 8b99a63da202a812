#pragma once

#include <filesystem>

namespace phusong::io {

/// A run's outputs appear together or not at all. Files are made in a hidden folder beside the target;
/// `publish` syncs it and renames it into place, in one step that also takes an older result away. Whatever
/// happens before, an older result stays as it was.
class Publisher {
public:
    enum class Existing { refuse, replace };

    /// Makes the stage, and removes stages that killed runs of the same target left behind.
    /// @throws StorageError when the target holds something and it may not be replaced, when it holds files
    /// that are no result of phusong (no manifest.json), or when the folder cannot be made
    Publisher(const std::filesystem::path& target, Existing existing);
    ~Publisher();
    Publisher(const Publisher&) = delete;
    Publisher& operator=(const Publisher&) = delete;

    /// The folder to write into.
    [[nodiscard]] const std::filesystem::path& stage() const { return stage_; }
    /// @throws StorageError; the target is then what it was
    void publish();

private:
    std::filesystem::path target_;
    std::filesystem::path stage_;
};

}  // namespace phusong::io
