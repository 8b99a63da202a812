#pragma once

#include <compare>
#include <cstddef>
#include <span>
#include <unordered_map>
#include <vector>

#include "algorithms/damage/serving_groups.hpp"
#include "algorithms/ledger/ledger.hpp"

namespace phusong {

/// People and land that share a commune, the answers of all layers and the sites in reach: whatever happens
/// to sites, it happens to all of a row alike. A commutative monoid under `merge`; equality ignores the order
/// in which rows came.
class SharedFates {
public:
    struct Row {
        LedgerKey key;
        ServingSets::SetNumber set = 0;
        LedgerAmount amount;
    };

    /// @pre the sites ascend strictly @throws QuantityOverflow
    void add(const LedgerKey& key, std::span<const SiteNumber> sites, const LedgerAmount& amount);
    /// The same for a set that is known by its number. @pre `intern` gave it @throws QuantityOverflow
    void add(const LedgerKey& key, ServingSets::SetNumber set, const LedgerAmount& amount);
    /// @pre the sites ascend strictly
    [[nodiscard]] ServingSets::SetNumber intern(std::span<const SiteNumber> sites) {
        return sets_.intern(sites);
    }
    /// @throws QuantityOverflow
    void merge(const SharedFates& other);

    /// All rows, by key, then by their sites in lexicographic order.
    [[nodiscard]] std::vector<Row> rows() const;
    [[nodiscard]] const ServingSets& sets() const { return sets_; }
    [[nodiscard]] std::size_t size() const { return amounts_.size(); }

    friend bool operator==(const SharedFates& a, const SharedFates& b);

private:
    struct Key {
        LedgerKey ledger;
        ServingSets::SetNumber set = 0;
        friend bool operator==(const Key&, const Key&) = default;
    };
    struct HashKey {
        std::size_t operator()(const Key& key) const noexcept {
            return HashLedgerKey{}(key.ledger) ^ (std::size_t{key.set} * 0x9e3779b97f4a7c15U);
        }
    };

    ServingSets sets_;
    std::unordered_map<Key, LedgerAmount, HashKey> amounts_;
};

}  // namespace phusong
