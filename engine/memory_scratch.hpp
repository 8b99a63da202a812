#pragma once

#include <mutex>

#include "engine/scratch.hpp"

namespace phusong {

/// Keeps the bytes in memory: for small studies and tests.
class MemoryScratch : public Scratch {
public:
    [[nodiscard]] std::size_t put(std::span<const std::uint8_t> bytes) override {
        const std::scoped_lock lock{mutex_};
        pieces_.emplace_back(bytes.begin(), bytes.end());
        return pieces_.size() - 1;
    }
    [[nodiscard]] std::vector<std::uint8_t> get(std::size_t handle) const override {
        const std::scoped_lock lock{mutex_};
        return pieces_.at(handle);
    }

private:
    mutable std::mutex mutex_;
    std::vector<std::vector<std::uint8_t>> pieces_;
};

}  // namespace phusong
