#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "algorithms/dead_zones/patch_rule.hpp"
#include "algorithms/grid/window.hpp"
#include "algorithms/ledger/ledger.hpp"

namespace phusong {

/// Number of a study cell: row x columns of the grid + column.
using CellNumber = std::int64_t;

/// A connected set of unserved cells inside the communes, or the piece of it that lies in the tiles seen so
/// far. A commutative monoid under `merge` for pieces that touch.
struct Patch {
    static constexpr CellNumber none = -1;

    CellNumber key = none;         ///< first cell of the connected set, also of those that only join
    CellNumber first_cell = none;  ///< first cell that belongs; none when nobody lives in any
    std::int64_t cells = 0;        ///< that belong
    Area area;                     ///< of the whole cells that belong
    Window bounds;                 ///< of the cells that belong
    /// Ledger lines of the cells that belong, sorted by key; land and people inside the communes.
    std::vector<Ledger::Row> parts;

    /// Adds one line of the ledger.
    void add(const LedgerKey& ledger_key, const LedgerAmount& amount);
    void merge(const Patch& other);

    /// Everybody in it once, also where communes overlap.
    [[nodiscard]] Persons people() const;

    friend bool operator==(const Patch&, const Patch&) = default;
};

}  // namespace phusong
