#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "algorithms/damage/site_reach.hpp"
#include "algorithms/support/numbers_by_hash.hpp"

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
    ReachSets() { clear(); }

    /// Forgets all sets.
    void clear();
    /// Segments that fill the columns [first, end) of a row, in order.
    /// @param runs of a row, by site; those of one site do not overlap
    /// @pre all runs lie inside
    void segments(std::span<const ReachRun> runs, std::int32_t first, std::int32_t end,
                  std::vector<ReachSegment>& segments);
    /// Ascending; set 0 is empty.
    [[nodiscard]] std::span<const SiteNumber> sites(std::uint32_t set) const {
        return std::span{sites_}.subspan(begin_[set], begin_[set + 1] - begin_[set]);
    }
    [[nodiscard]] std::size_t size() const { return names_.size(); }

private:
    struct Name {
        std::uint64_t first = 0;
        std::uint64_t second = 0;
        friend bool operator==(const Name&, const Name&) = default;
        Name& operator+=(const Name& other);
        Name& operator-=(const Name& other);
    };

    [[nodiscard]] const Name& name_of(SiteNumber site);
    [[nodiscard]] std::uint32_t set_of(const Name& name, std::int32_t column, std::span<const ReachRun> runs);

    std::vector<Name> site_names_;   ///< by site
    std::vector<Name> names_;        ///< of each set
    std::vector<SiteNumber> sites_;  ///< of all sets, one behind the other
    std::vector<std::size_t> begin_;
    NumbersByHash by_name_;
    std::vector<Name> changes_;          ///< of a row, by column; nothing between calls
    std::vector<std::uint64_t> marked_;  ///< a bit a column where sites enter or leave; none between calls
};

}  // namespace phusong
