#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "algorithms/damage/serving_groups.hpp"
#include "algorithms/ledger/ledger.hpp"
#include "algorithms/support/numbers_by_hash.hpp"

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

    SharedFates() = default;
    /// Rows that are known to differ; cheap, because nothing is looked up.
    /// @param sets that differ, each used by a row
    /// @pre no two rows have the same key and set
    SharedFates(ServingSets sets, std::vector<Row> rows);

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
    [[nodiscard]] std::size_t size() const { return rows_.size(); }

    friend bool operator==(const SharedFates& a, const SharedFates& b);

private:
    void place_new_rows();

    ServingSets sets_;
    std::vector<Row> rows_;  ///< in the order in which they came first
    NumbersByHash places_;   ///< of all rows once `add` was asked
};

}  // namespace phusong
