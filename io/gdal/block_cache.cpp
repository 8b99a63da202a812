#include "io/gdal/block_cache.hpp"

#include <algorithm>
#include <utility>

namespace phusong::io {

BlockCache::BlockCache(GDALRasterBandH band, std::size_t bytes)
    : band_{band}, type_{GDALGetRasterDataType(band)}, cell_bytes_{GDALGetDataTypeSizeBytes(type_)} {
    GDALGetBlockSize(band, &columns_, &rows_);
    most_blocks_ = std::max<std::size_t>(1, bytes / block_bytes());
}

std::span<const std::byte> BlockCache::block_once(int block_row, int block_column) {
    if (found_.contains(key_of(block_row, block_column))) return block(block_row, block_column);
    once_.resize(block_bytes());
    if (GDALReadBlock(band_, block_column, block_row, once_.data()) != CE_None) return {};
    return once_;
}

std::span<const std::byte> BlockCache::block(int block_row, int block_column) {
    const std::int64_t key = key_of(block_row, block_column);
    if (const auto known = found_.find(key); known != found_.end()) {
        entries_.splice(entries_.begin(), entries_, known->second);
        return entries_.front().cells;
    }
    Entry entry;
    if (entries_.size() >= most_blocks_) {
        found_.erase(entries_.back().key);
        entry = std::move(entries_.back());  // its memory is used again
        entries_.pop_back();
    }
    entry.key = key;
    entry.cells.resize(block_bytes());
    if (GDALReadBlock(band_, block_column, block_row, entry.cells.data()) != CE_None) return {};
    entries_.push_front(std::move(entry));
    found_.emplace(key, entries_.begin());
    return entries_.front().cells;
}

}  // namespace phusong::io
