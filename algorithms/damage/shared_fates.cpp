#include "algorithms/damage/shared_fates.hpp"

#include <algorithm>
#include <cassert>
#include <optional>
#include <utility>

namespace phusong {

namespace {

std::uint32_t hash_of(const LedgerKey& key, ServingSets::SetNumber set) {
    return hash_bits(HashLedgerKey{}(key) + set * 0x9e3779b97f4a7c15U);
}

}  // namespace

SharedFates::SharedFates(ServingSets sets, std::vector<Row> rows)
    : sets_{std::move(sets)}, rows_{std::move(rows)} {}

void SharedFates::place_new_rows() {
    for (std::size_t place = places_.size(); place < rows_.size(); ++place) {
        places_.add(hash_of(rows_[place].key, rows_[place].set), static_cast<std::uint32_t>(place));
    }
}

void SharedFates::add(const LedgerKey& key, std::span<const SiteNumber> sites, const LedgerAmount& amount) {
    add(key, sets_.intern(sites), amount);
}

void SharedFates::add(const LedgerKey& key, ServingSets::SetNumber set, const LedgerAmount& amount) {
    assert(set < sets_.size());
    place_new_rows();
    const auto fresh = static_cast<std::uint32_t>(rows_.size());
    const std::uint32_t place = places_.find_or_add(hash_of(key, set), fresh, [&](std::uint32_t row) {
        return rows_[row].set == set && rows_[row].key == key;
    });
    if (place == fresh) {
        rows_.push_back({key, set, amount});
        return;
    }
    rows_[place].amount.people += amount.people;
    rows_[place].amount.area += amount.area;
}

void SharedFates::merge(const SharedFates& other) {
    if (rows_.empty() && sets_.size() == 0) {
        *this = other;
        return;
    }
    // Each set is looked up once, however many rows have it.
    std::vector<std::optional<ServingSets::SetNumber>> numbers(other.sets_.size());
    for (const Row& row : other.rows_) {
        std::optional<ServingSets::SetNumber>& number = numbers[row.set];
        if (!number) number = sets_.intern(other.sets_[row.set]);
        add(row.key, *number, row.amount);
    }
}

std::vector<SharedFates::Row> SharedFates::rows() const {
    std::vector<Row> rows = rows_;
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
