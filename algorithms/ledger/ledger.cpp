#include "algorithms/ledger/ledger.hpp"

#include <algorithm>

namespace phusong {

void Ledger::add(const LedgerKey& key, const LedgerAmount& amount) {
    LedgerAmount& sum = amounts_[key];
    sum.people += amount.people;
    sum.area += amount.area;
}

void Ledger::add_served(const ShareKey& key, Persons served) {
    served_[key] += served;
}

void Ledger::merge(const Ledger& other) {
    for (const auto& [key, amount] : other.amounts_) add(key, amount);
    for (const auto& [key, served] : other.served_) add_served(key, served);
}

std::vector<Ledger::Row> Ledger::rows() const {
    std::vector<Row> rows;
    rows.reserve(amounts_.size());
    for (const auto& [key, amount] : amounts_) rows.push_back({key, amount});
    std::sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) { return a.key < b.key; });
    return rows;
}

std::vector<Ledger::ShareRow> Ledger::share_rows() const {
    std::vector<ShareRow> rows;
    rows.reserve(served_.size());
    for (const auto& [key, served] : served_) rows.push_back({key, served});
    std::sort(rows.begin(), rows.end(), [](const ShareRow& a, const ShareRow& b) { return a.key < b.key; });
    return rows;
}

Persons Ledger::served_by_share(const ShareKey& key) const {
    const auto found = served_.find(key);
    return found == served_.end() ? Persons{} : found->second;
}

Balance balance_of(const Ledger& ledger, Persons raster) {
    Balance balance;
    balance.raster = raster;
    for (const Ledger::Row& row : ledger.rows()) {
        if (row.key.zone == outside_every_zone) {
            balance.outside += row.amount.people;
        } else if (row.key.zone == counted_twice) {
            balance.twice += row.amount.people;
        } else {
            balance.communes += row.amount.people;
        }
    }
    return balance;
}

}  // namespace phusong
