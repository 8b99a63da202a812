#include "algorithms/ledger/rake.hpp"

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <numeric>

#include "algorithms/quantities/wide_integer.hpp"

namespace phusong {

std::vector<Persons> raked(std::span<const Persons> amounts, Persons target) {
    const Persons total = std::accumulate(amounts.begin(), amounts.end(), Persons{});
    assert(total > Persons{} || target == Persons{});
    std::vector<Persons> scaled(amounts.size());
    if (total == Persons{}) return scaled;

    std::vector<std::int64_t> remainders(amounts.size());
    Persons left = target;
    for (std::size_t i = 0; i < amounts.size(); ++i) {
        const WideInteger product = static_cast<WideInteger>(amounts[i].units()) * target.units();
        scaled[i] = Persons::of_units(static_cast<std::int64_t>(product / total.units()));
        remainders[i] = static_cast<std::int64_t>(product % total.units());
        left -= scaled[i];
    }
    std::vector<std::size_t> order(amounts.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return remainders[a] > remainders[b]; });
    // Each remainder is below one unit, so fewer units are left than there are amounts.
    for (std::size_t i = 0; left > Persons{}; ++i) {
        scaled[order[i]] += Persons::of_units(1);
        left -= Persons::of_units(1);
    }
    return scaled;
}

}  // namespace phusong
