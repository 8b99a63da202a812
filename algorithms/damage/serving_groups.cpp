#include "algorithms/damage/serving_groups.hpp"

#include <algorithm>
#include <cassert>
#include <functional>
#include <utility>

namespace phusong {
namespace {

std::uint32_t hash_of(std::span<const SiteNumber> sites) {
    std::uint64_t h = 0x9e3779b97f4a7c15U + sites.size();
    for (const SiteNumber site : sites) {
        h ^= static_cast<std::uint32_t>(site);
        h *= 0xd6e8feb86659fd93U;
        h ^= h >> 32;
    }
    return hash_bits(h);
}

}  // namespace

ServingSets::ServingSets(std::vector<std::size_t> begin, std::vector<SiteNumber> sites)
    : sites_{std::move(sites)}, begin_{std::move(begin)} {
    assert(!begin_.empty() && begin_.front() == 0 && begin_.back() == sites_.size());
}

void ServingSets::hash_new_sets() {
    for (std::size_t set = by_hash_.size(); set < size(); ++set) {
        const auto number = static_cast<SetNumber>(set);
        by_hash_.add(hash_of((*this)[number]), number);
    }
}

ServingSets::SetNumber ServingSets::intern(std::span<const SiteNumber> sites) {
    assert(std::adjacent_find(sites.begin(), sites.end(), std::greater_equal<>{}) == sites.end());
    hash_new_sets();
    const auto fresh = static_cast<SetNumber>(size());
    const SetNumber number = by_hash_.find_or_add(
        hash_of(sites), fresh, [&](SetNumber set) { return std::ranges::equal((*this)[set], sites); });
    if (number == fresh) {
        sites_.insert(sites_.end(), sites.begin(), sites.end());
        begin_.push_back(sites_.size());
    }
    return number;
}

void ServingGroups::add(ZoneNumber zone, std::span<const SiteNumber> sites, Persons people) {
    people_[packed(zone, sets_.intern(sites))] += people;
}

void ServingGroups::merge(const ServingGroups& other) {
    // In the order of rows: the same numbers for sets, whatever the other's hash table looks like.
    for (const Row& row : other.rows()) add(row.zone, other.sets_[row.set], row.people);
}

std::vector<ServingGroups::Row> ServingGroups::rows() const {
    std::vector<Row> rows;
    rows.reserve(people_.size());
    for (const auto& [key, people] : people_) {
        rows.push_back({static_cast<ZoneNumber>(static_cast<std::uint32_t>(key >> 32)),
                        static_cast<ServingSets::SetNumber>(key), people});
    }
    std::sort(rows.begin(), rows.end(), [this](const Row& a, const Row& b) {
        if (a.zone != b.zone) return a.zone < b.zone;
        return std::ranges::lexicographical_compare(sets_[a.set], sets_[b.set]);
    });
    return rows;
}

bool operator==(const ServingGroups& a, const ServingGroups& b) {
    return std::ranges::equal(a.rows(), b.rows(),
                              [&](const ServingGroups::Row& x, const ServingGroups::Row& y) {
                                  return x.zone == y.zone && x.people == y.people &&
                                         std::ranges::equal(a.sets_[x.set], b.sets_[y.set]);
                              });
}

}  // namespace phusong
