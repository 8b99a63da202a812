#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/pass_store.hpp"

namespace phusong::io {

/// A kept pass in a folder of its own: a file a shard. A file is there whole or not at all: it is made under
/// another name, brought to the disk and renamed. Held by one process at a time.
class PassFolder : public PassStore {
public:
    enum class Existing { refuse, go_on };

    /// Makes the folder, or opens one that holds a kept pass, and takes away what a killed run left half
    /// made.
    /// @param made_by as PassStore says
    /// @throws StorageError when it holds a kept pass that may not be gone on from, when it holds other
    /// files, when another process holds it, or when it cannot be made
    PassFolder(const std::filesystem::path& folder, Existing existing, std::string made_by);
    ~PassFolder() override;
    PassFolder(const PassFolder&) = delete;
    PassFolder& operator=(const PassFolder&) = delete;

    [[nodiscard]] std::string made_by() const override { return made_by_; }
    [[nodiscard]] std::optional<std::vector<std::uint8_t>> get(std::size_t shard) const override;
    void put(std::size_t shard, std::span<const std::uint8_t> bytes) override;

    /// Called before every `put`, on any thread: may throw, and then nothing is put.
    std::function<void()> before_put;
    /// In place of older notes, whole or not at all. @throws StorageError
    void write_notes(const std::string& text) const;

private:
    [[nodiscard]] std::filesystem::path file_of(std::size_t shard) const;

    std::filesystem::path folder_;
    std::string made_by_;
    int lock_ = -1;
};

}  // namespace phusong::io
