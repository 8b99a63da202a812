#pragma once

#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <mutex>
#include <vector>

#include "engine/scratch.hpp"

namespace phusong::io {

/// A scratch in one file without a name, which is gone with its process however that ends.
class ScratchFile : public Scratch {
public:
    /// @param folder on the disk that the results go to. @throws StorageError
    explicit ScratchFile(const std::filesystem::path& folder);
    ~ScratchFile() override;
    ScratchFile(const ScratchFile&) = delete;
    ScratchFile& operator=(const ScratchFile&) = delete;

    [[nodiscard]] std::size_t put(std::span<const std::uint8_t> bytes) override;
    /// @pre the handle came from `put`
    [[nodiscard]] std::vector<std::uint8_t> get(std::size_t handle) const override;

private:
    struct Piece {
        off_t offset = 0;
        std::size_t size = 0;
    };

    std::filesystem::path folder_;  ///< for messages
    int descriptor_ = -1;
    mutable std::mutex mutex_;
    std::vector<Piece> pieces_;
    off_t end_ = 0;
};

}  // namespace phusong::io
