#include "algorithms/damage/shared_fates.hpp"

#include <algorithm>
#include <cassert>
#include <optional>

namespace phusong {

void SharedFates::add(const LedgerKey& key, std::span<const SiteNumber> sites, const LedgerAmount& amount) {
    add(key, sets_.intern(sites), amount);
}

void SharedFates::add(const LedgerKey& key, ServingSets::SetNumber set, const LedgerAmount& amount) {
    assert(set < sets_.size());
    LedgerAmount& sum = amounts_[{key, set}];
    sum.people += amount.people;
    sum.area += amount.area;
}

void SharedFates::merge(const SharedFates& other) {
    // Each set is looked up once, however many rows have it.
    std::vector<std::optional<ServingSets::SetNumber>> numbers(other.sets_.size());
    for (const auto& [key, amount] : other.amounts_) {
        std::optional<ServingSets::SetNumber>& number = numbers[key.set];
        if (!number) number = sets_.intern(other.sets_[key.set]);
        add(key.ledger, *number, amount);
    }
}

std::vector<SharedFates::Row> SharedFates::rows() const {
    std::vector<Row> rows;
    rows.reserve(amounts_.size());
    for (const auto& [key, amount] : amounts_) rows.push_back({key.ledger, key.set, amount});
    std::sort(rows.begin(), rows.end(), [this](const Row& a, const Row& b) {
        if (a.key != b.key) return a.key < b.key;
        return a.set != b.set && std::ranges::lexicographical_compare(sets_[a.set], sets_[b.set]);
    });
    return rows;
}

bool operator==(const SharedFates& a, const SharedFates& b) {
    return std::ranges::equal(a.rows(), b.rows(), [&](const SharedFates::Row& x, const SharedFates::Row& y) {
        return x.key == y.key && x.amount == y.amount && std::ranges::equal(a.sets_[x.set], b.sets_[y.set]);
    });
}

}  // namespace phusong
