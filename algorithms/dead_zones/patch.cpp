#include "algorithms/dead_zones/patch.hpp"

#include <algorithm>

namespace phusong {

void Patch::add(const LedgerKey& ledger_key, const LedgerAmount& amount) {
    auto place = std::lower_bound(parts.begin(), parts.end(), ledger_key,
                                  [](const Ledger::Row& row, const LedgerKey& k) { return row.key < k; });
    if (place == parts.end() || place->key != ledger_key) {
        place = parts.insert(place, Ledger::Row{ledger_key, {}});
    }
    place->amount.people += amount.people;
    place->amount.area += amount.area;
}

void Patch::merge(const Patch& other) {
    const auto first = [](CellNumber a, CellNumber b) { return a == none || (b != none && b < a) ? b : a; };
    key = first(key, other.key);
    first_cell = first(first_cell, other.first_cell);
    cells += other.cells;
    area += other.area;
    bounds = united(bounds, other.bounds);
    for (const Ledger::Row& row : other.parts) add(row.key, row.amount);
}

Persons Patch::people() const {
    Persons sum;
    for (const Ledger::Row& row : parts) {
        if (row.key.zone == counted_twice) {
            sum -= row.amount.people;
        } else {
            sum += row.amount.people;
        }
    }
    return sum;
}

}  // namespace phusong
