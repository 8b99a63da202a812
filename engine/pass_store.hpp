#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace phusong {

/// Keeps what a pass found beyond the run, shard by shard, so that a later one counts only what changed.
class PassStore {
public:
    PassStore() = default;
    PassStore(const PassStore&) = delete;
    PassStore& operator=(const PassStore&) = delete;
    virtual ~PassStore() = default;

    /// Whatever but phusong's own code decides what is read: versions of libraries. What was kept under
    /// another text is not taken.
    [[nodiscard]] virtual std::string made_by() const { return {}; }
    /// What was kept last under a number; unset: nothing was. Any number of threads. @throws StorageError
    [[nodiscard]] virtual std::optional<std::vector<std::uint8_t>> get(std::size_t shard) const = 0;
    /// Whole or not at all, in place of what was there. Any number of threads. @throws StorageError
    virtual void put(std::size_t shard, std::span<const std::uint8_t> bytes) = 0;
};

/// Keeps the bytes in memory: for tests.
class MemoryPassStore : public PassStore {
public:
    [[nodiscard]] std::optional<std::vector<std::uint8_t>> get(std::size_t shard) const override {
        const std::scoped_lock lock{mutex_};
        const auto found = shards.find(shard);
        if (found == shards.end()) return std::nullopt;
        return found->second;
    }
    void put(std::size_t shard, std::span<const std::uint8_t> bytes) override {
        const std::scoped_lock lock{mutex_};
        shards[shard].assign(bytes.begin(), bytes.end());
    }

    std::map<std::size_t, std::vector<std::uint8_t>> shards;

private:
    mutable std::mutex mutex_;
};

}  // namespace phusong
