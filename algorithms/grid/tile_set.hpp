#pragma once

#include <cstddef>
#include <iterator>
#include <map>

namespace phusong {

/// Which tiles of a plan a partial holds, as ranges of their numbers.
class TileSet {
public:
    /// Adds [first, end). @return false, and nothing changes, when a tile of the range is already held
    bool add(std::size_t first, std::size_t end) {
        if (first >= end) return true;
        auto after = ranges_.lower_bound(first);
        if (after != ranges_.end() && after->first < end) return false;
        if (after != ranges_.begin()) {
            const auto before = std::prev(after);
            if (before->second > first) return false;
            if (before->second == first) {
                first = before->first;
                ranges_.erase(before);
            }
        }
        if (after != ranges_.end() && after->first == end) {
            end = after->second;
            ranges_.erase(after);
        }
        ranges_.emplace(first, end);
        return true;
    }
    [[nodiscard]] bool contains(std::size_t tile) const {
        const auto after = ranges_.upper_bound(tile);
        return after != ranges_.begin() && tile < std::prev(after)->second;
    }
    [[nodiscard]] std::size_t size() const {
        std::size_t tiles = 0;
        for (const auto& [first, end] : ranges_) tiles += end - first;
        return tiles;
    }
    /// First tile number -> one past the last.
    [[nodiscard]] const std::map<std::size_t, std::size_t>& ranges() const { return ranges_; }

    friend bool operator==(const TileSet&, const TileSet&) = default;

private:
    std::map<std::size_t, std::size_t> ranges_;
};

}  // namespace phusong
