#pragma once

#include <cstdint>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

#include "algorithms/damage/site_reach.hpp"

namespace phusong {

/// Neighbouring cells of one row that the same sites reach.
struct ReachSegment {
    std::int32_t first = 0;
    std::int32_t end = 0;
    std::uint32_t set = 0;  ///< of ReachSets

    friend bool operator==(const ReachSegment&, const ReachSegment&) = default;
};

/// Turns the runs of single sites into segments of equal sets of sites, row by row. Sets are known by two
/// 64-bit sums of random numbers, one pair a site: that two different sets of a tile meet in both has odds
/// below 1e-24 for a million sets.
class ReachSets {
public:
    ReachSets() { sites_.emplace_back(); }

    /// Segments that fill the columns [first, end) of a row, in order. @pre all runs lie inside
    void segments(std::span<const ReachRun> runs, std::int32_t first, std::int32_t end,
                  std::vector<ReachSegment>& segments);
    /// Ascending; set 0 is empty.
    [[nodiscard]] std::span<const SiteNumber> sites(std::uint32_t set) const { return sites_[set]; }
    [[nodiscard]] std::size_t size() const { return sites_.size(); }

private:
    using Name = std::pair<std::uint64_t, std::uint64_t>;
    struct Change {
        std::int32_t column = 0;
        SiteNumber site = 0;
        bool enters = false;
    };
    struct HashName {
        std::size_t operator()(const Name& name) const noexcept { return name.first; }
    };

    std::vector<std::vector<SiteNumber>> sites_;
    std::unordered_map<Name, std::uint32_t, HashName> by_name_;
    std::vector<Change> changes_;
    std::vector<SiteNumber> inside_;
};

}  // namespace phusong
