#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/pass_store.hpp"
#include "io/text/shard_plan.hpp"

namespace phusong::io {

/// Whether a file is the whole part of a shard of a plan already.
/// @throws StorageError when it is there and no partial result at all, and so not ours to replace
[[nodiscard]] bool part_is_there(const ShardPlan& planned, std::size_t shard,
                                 const std::filesystem::path& path);

/// Files of partial results as the store of a pass that takes everything. Any order; duplicates are fine.
class PartFiles : public PassStore {
public:
    /// Reads every file once, to the last bit. @param planned outlives the store
    /// @throws ShardPartError naming every shard that is missing and every file that is damaged, of another
    /// plan, or in contradiction to another one; StorageError when a file cannot be read
    PartFiles(const ShardPlan& planned, std::vector<std::string> paths);

    [[nodiscard]] std::string made_by() const override { return planned_->made_by; }
    [[nodiscard]] std::optional<std::vector<std::uint8_t>> get(std::size_t shard) const override;
    /// Nothing is left to be counted. @throws ShardPartError
    void put(std::size_t shard, std::span<const std::uint8_t> bytes) override;

private:
    /// Where the bytes of a kept shard lie.
    struct Piece {
        std::size_t path = 0;
        std::size_t offset = 0;
        std::size_t size = 0;
    };
    /// @return what is wrong with the file; empty: nothing
    [[nodiscard]] std::string add(std::size_t path);

    const ShardPlan* planned_;
    std::vector<std::string> paths_;
    std::map<std::size_t, Piece> pieces_;                ///< by kept shard
    std::vector<std::optional<std::uint64_t>> checked_;  ///< checksum of each shard's part
    std::vector<std::size_t> from_;                      ///< path of each shard's part
};

}  // namespace phusong::io
