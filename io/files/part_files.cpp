#include "io/files/part_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <utility>

#include "algorithms/support/byte_checksum.hpp"
#include "engine/archive_envelope.hpp"
#include "engine/errors.hpp"
#include "engine/shard_part.hpp"

namespace phusong::io {

namespace {

std::vector<std::uint8_t> bytes_of_part(const std::string& path, std::size_t offset, std::size_t size) {
    std::ifstream file{path, std::ios::binary};
    std::vector<std::uint8_t> bytes(size);
    file.seekg(static_cast<std::streamoff>(offset));
    file.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    if (!file) throw StorageError{fmt::format("'{}' cannot be read; check that it is a file of yours", path)};
    return bytes;
}

std::vector<std::uint8_t> bytes_of_part(const std::string& path) {
    std::error_code error;
    const std::uintmax_t size = std::filesystem::file_size(path, error);
    if (error) throw StorageError{fmt::format("'{}' cannot be read: {}", path, error.message())};
    return bytes_of_part(path, 0, size);
}

/// "3, 7-9"
std::string shard_list(const std::vector<std::size_t>& shards) {
    std::string text;
    for (std::size_t i = 0; i < shards.size();) {
        std::size_t end = i + 1;
        while (end < shards.size() && shards[end] == shards[end - 1] + 1) ++end;
        text += fmt::format("{}{}", i == 0 ? "" : ",", shards[i]);
        if (end > i + 1) text += fmt::format("-{}", shards[end - 1]);
        i = end;
    }
    return text;
}

bool fits(const ShardPlan& planned, const ShardPart& part) {
    return part.plan == planned.name && part.shard < planned.shards.size() &&
           part.kept == planned.shards[part.shard].kept;
}

}  // namespace

bool part_is_there(const ShardPlan& planned, std::size_t shard, const std::filesystem::path& path) {
    std::error_code error;
    if (!std::filesystem::exists(path, error)) return false;
    const std::vector<std::uint8_t> bytes = bytes_of_part(path.string());
    const std::size_t magic = std::min(bytes.size(), shard_part_magic.size());
    if (!std::equal(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(magic),
                    shard_part_magic.begin())) {
        throw StorageError{
            fmt::format("'{}' exists and is no partial result of phusong, and is not replaced; "
                        "name another file",
                        path.string())};
    }
    try {
        const ShardPart part = decode_shard_part(bytes);
        return fits(planned, part) && part.shard == shard;
    } catch (const ArchiveFormatError&) {
        return false;  // counting again mends it
    }
}

PartFiles::PartFiles(const ShardPlan& planned, std::vector<std::string> paths)
    : planned_{&planned},
      paths_{std::move(paths)},
      checked_(planned.shards.size()),
      from_(planned.shards.size()) {
    std::vector<std::string> wrong;
    for (std::size_t i = 0; i < paths_.size(); ++i) {
        const std::string what = add(i);
        if (!what.empty()) wrong.push_back(fmt::format("'{}' {}", paths_[i], what));
    }
    std::vector<std::size_t> missing;
    for (std::size_t shard = 0; shard < checked_.size(); ++shard) {
        if (!checked_[shard]) missing.push_back(shard);
    }
    if (!missing.empty()) {
        const bool one = missing.size() == 1;
        wrong.push_back(fmt::format("{} {} of {} {} missing: count {} with phusong run-shard --shard {}",
                                    one ? "shard" : "shards", shard_list(missing), checked_.size(),
                                    one ? "is" : "are", one ? "it" : "them", shard_list(missing)));
    }
    if (wrong.empty()) return;
    std::string text = wrong.front();
    for (std::size_t i = 1; i < wrong.size(); ++i) text += "; " + wrong[i];
    throw ShardPartError{text};
}

std::string PartFiles::add(std::size_t path) try {
    const std::vector<std::uint8_t> bytes = bytes_of_part(paths_[path]);
    const ShardPart part = decode_shard_part(bytes);
    if (part.plan != planned_->name) return "is a partial result of another plan";
    if (!fits(*planned_, part)) return "is damaged: it holds what no shard of the plan does";
    const std::uint64_t sum = byte_checksum(bytes);
    std::optional<std::uint64_t>& known = checked_[part.shard];
    if (known) {
        if (*known == sum) return "";
        return fmt::format("contradicts '{}': both are shard {}, counted of the same inputs; count it again",
                           paths_[from_[part.shard]], part.shard);
    }
    known = sum;
    from_[part.shard] = path;
    for (std::size_t i = 0; i < part.shards.size(); ++i) {
        pieces_[part.kept.first + i] = {path, static_cast<std::size_t>(part.shards[i].data() - bytes.data()),
                                        part.shards[i].size()};
    }
    return "";
} catch (const ArchiveFormatError& error) {
    return fmt::format("is {}", error.what());
}

std::optional<std::vector<std::uint8_t>> PartFiles::get(std::size_t shard) const {
    const Piece& piece = pieces_.at(shard);
    return bytes_of_part(paths_[piece.path], piece.offset, piece.size);
}

void PartFiles::put(std::size_t shard, std::span<const std::uint8_t> /*bytes*/) {
    throw ShardPartError{
        fmt::format("the partial results changed while they were merged (piece {}); merge again when nothing "
                    "writes to them",
                    shard)};
}

}  // namespace phusong::io
