#pragma once

#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "algorithms/quantities/area.hpp"
#include "algorithms/quantities/persons.hpp"
#include "algorithms/service/service_state.hpp"
#include "algorithms/zones/zone.hpp"

namespace phusong {

struct LedgerKey {
    ZoneNumber zone = outside_every_zone;
    ServiceState state;

    friend auto operator<=>(const LedgerKey&, const LedgerKey&) = default;
};

struct LedgerAmount {
    Persons people;
    Area area;

    friend bool operator==(const LedgerAmount&, const LedgerAmount&) = default;
};

/// Of a layer that says which part of the households can be served: people x share of one commune.
struct ShareKey {
    ZoneNumber zone = outside_every_zone;
    std::int32_t layer = 0;

    friend auto operator<=>(const ShareKey&, const ShareKey&) = default;
};

struct HashLedgerKey {
    std::size_t operator()(const LedgerKey& key) const noexcept {
        std::uint64_t h = key.state.bits() + 0x9e3779b97f4a7c15U * (static_cast<std::uint64_t>(key.zone) + 3);
        h ^= h >> 32;
        h *= 0xd6e8feb86659fd93U;
        h ^= h >> 32;
        return static_cast<std::size_t>(h);
    }
};
struct HashShareKey {
    std::size_t operator()(const ShareKey& key) const noexcept {
        return HashLedgerKey{}({key.zone, ServiceState::of_bits(static_cast<std::uint64_t>(key.layer))});
    }
};

/// How many people and how much land share a commune and a service state: the sufficient statistic of every
/// question of a study. A commutative monoid under `merge`; equality ignores the order of insertion.
class Ledger {
public:
    struct Row {
        LedgerKey key;
        LedgerAmount amount;

        friend bool operator==(const Row&, const Row&) = default;
    };
    struct ShareRow {
        ShareKey key;
        Persons served;

        friend bool operator==(const ShareRow&, const ShareRow&) = default;
    };

    /// @throws QuantityOverflow
    void add(const LedgerKey& key, const LedgerAmount& amount);
    /// People x share of one layer. @throws QuantityOverflow
    void add_served(const ShareKey& key, Persons served);
    void merge(const Ledger& other);

    /// All rows, sorted by key.
    [[nodiscard]] std::vector<Row> rows() const;
    [[nodiscard]] std::vector<ShareRow> share_rows() const;
    /// People x share of a layer in a commune; none when it was never added.
    [[nodiscard]] Persons served_by_share(const ShareKey& key) const;
    [[nodiscard]] std::size_t size() const { return amounts_.size(); }

    friend bool operator==(const Ledger&, const Ledger&) = default;

private:
    std::unordered_map<LedgerKey, LedgerAmount, HashLedgerKey> amounts_;
    std::unordered_map<ShareKey, Persons, HashShareKey> served_;
};

/// Every person of the population raster, as the ledger accounts for them:
/// communes + outside - counted twice = raster, exactly.
struct Balance {
    Persons communes;
    Persons outside;
    Persons twice;
    Persons raster;

    [[nodiscard]] bool holds() const { return communes + outside - twice == raster; }

    friend bool operator==(const Balance&, const Balance&) = default;
};

/// @param raster total of the population raster, counted on its own, cell by cell
[[nodiscard]] Balance balance_of(const Ledger& ledger, Persons raster);

}  // namespace phusong
