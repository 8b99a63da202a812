#include "algorithms/damage/reach_sets.hpp"

#include <algorithm>

namespace phusong {

namespace {

/// Steele, Lea and Flood 2014 (SplitMix64): a bijection that looks random.
std::uint64_t scrambled(std::uint64_t x) {
    x += 0x9e3779b97f4a7c15U;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9U;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebU;
    return x ^ (x >> 31);
}

}  // namespace

void ReachSets::segments(std::span<const ReachRun> runs, std::int32_t first, std::int32_t end,
                         std::vector<ReachSegment>& segments) {
    segments.clear();
    changes_.clear();
    for (const ReachRun& run : runs) {
        changes_.push_back({run.first, run.site, true});
        changes_.push_back({run.end, run.site, false});
    }
    std::sort(changes_.begin(), changes_.end(),
              [](const Change& a, const Change& b) { return a.column < b.column; });
    inside_.clear();
    Name name{0, 0};
    const auto set_of_inside = [&] {
        if (inside_.empty()) return std::uint32_t{0};
        const auto [found, is_new] = by_name_.try_emplace(name, static_cast<std::uint32_t>(sites_.size()));
        if (is_new) sites_.push_back(inside_);
        return found->second;
    };
    std::int32_t column = first;
    for (std::size_t i = 0; i < changes_.size();) {
        const std::int32_t at = changes_[i].column;
        if (at > column) {
            segments.push_back({column, at, set_of_inside()});
            column = at;
        }
        for (; i < changes_.size() && changes_[i].column == at; ++i) {
            const SiteNumber site = changes_[i].site;
            const auto number = static_cast<std::uint64_t>(site);
            const Name change{scrambled(2 * number + 1), scrambled(~(2 * number))};
            const auto place = std::lower_bound(inside_.begin(), inside_.end(), site);
            if (changes_[i].enters) {
                inside_.insert(place, site);
                name = {name.first + change.first, name.second + change.second};
            } else {
                inside_.erase(place);
                name = {name.first - change.first, name.second - change.second};
            }
        }
    }
    if (column < end) segments.push_back({column, end, set_of_inside()});
}

}  // namespace phusong
