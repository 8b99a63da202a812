#include "algorithms/damage/reach_sets.hpp"

#include <algorithm>
#include <bit>

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

ReachSets::Name& ReachSets::Name::operator+=(const Name& other) {
    first += other.first;
    second += other.second;
    return *this;
}

ReachSets::Name& ReachSets::Name::operator-=(const Name& other) {
    first -= other.first;
    second -= other.second;
    return *this;
}

void ReachSets::clear() {
    names_.assign(1, Name{});
    begin_.assign(2, 0);
    sites_.clear();
    by_name_.clear();
    by_name_.add(0, 0);
}

const ReachSets::Name& ReachSets::name_of(SiteNumber site) {
    for (std::uint64_t number = site_names_.size(); number <= static_cast<std::uint64_t>(site); ++number) {
        site_names_.push_back({scrambled(2 * number + 1), scrambled(~(2 * number))});
    }
    return site_names_[static_cast<std::size_t>(site)];
}

std::uint32_t ReachSets::set_of(const Name& name, std::int32_t column, std::span<const ReachRun> runs) {
    const auto fresh = static_cast<std::uint32_t>(names_.size());
    const std::uint32_t set =
        by_name_.find_or_add(static_cast<std::uint32_t>(name.first), fresh,
                             [&](std::uint32_t number) { return names_[number] == name; });
    if (set != fresh) return set;
    names_.push_back(name);
    for (const ReachRun& run : runs) {
        if (run.first <= column && column < run.end) sites_.push_back(run.site);
    }
    begin_.push_back(sites_.size());
    return set;
}

void ReachSets::segments(std::span<const ReachRun> runs, std::int32_t first, std::int32_t end,
                         std::vector<ReachSegment>& segments) {
    constexpr std::size_t bits = 64;
    const auto columns = static_cast<std::size_t>(end - first);
    changes_.resize(std::max(changes_.size(), columns + 1));
    marked_.resize(std::max(marked_.size(), columns / bits + 1));
    const auto mark = [&](std::size_t at) { marked_[at / bits] |= std::uint64_t{1} << at % bits; };
    for (const ReachRun& run : runs) {
        const Name& name = name_of(run.site);
        const auto enters = static_cast<std::size_t>(run.first - first);
        const auto leaves = static_cast<std::size_t>(run.end - first);
        changes_[enters] += name;
        changes_[leaves] -= name;
        mark(enters);
        mark(leaves);
    }
    segments.clear();
    Name inside;
    std::int32_t column = first;
    for (std::size_t word = 0; word <= columns / bits; ++word) {
        for (std::uint64_t rest = marked_[word]; rest != 0; rest &= rest - 1) {
            const std::size_t place = word * bits + static_cast<std::size_t>(std::countr_zero(rest));
            const std::int32_t at = first + static_cast<std::int32_t>(place);
            if (at > column) segments.push_back({column, at, set_of(inside, column, runs)});
            column = at;
            inside += changes_[place];
            changes_[place] = {};
        }
        marked_[word] = 0;
    }
    if (column < end) segments.push_back({column, end, set_of(inside, column, runs)});
}

}  // namespace phusong
