#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

#include "algorithms/damage/site_network.hpp"
#include "algorithms/quantities/persons.hpp"
#include "algorithms/support/numbers_by_hash.hpp"
#include "algorithms/zones/zone.hpp"

namespace phusong {

/// Sets of sites, each kept once and known by a number from then on. The numbers follow the order in which
/// the sets came, so nothing that is printed or compared may depend on them.
class ServingSets {
public:
    using SetNumber = std::uint32_t;

    ServingSets() = default;
    /// Sets that are known to differ, one behind the other; cheap, because nothing is looked up.
    /// @param begin of each set in `sites`, and the end of the last
    /// @pre the sites of each set ascend strictly
    ServingSets(std::vector<std::size_t> begin, std::vector<SiteNumber> sites);

    /// @pre the sites ascend strictly
    SetNumber intern(std::span<const SiteNumber> sites);

    /// @pre the set was interned
    [[nodiscard]] std::span<const SiteNumber> operator[](SetNumber set) const {
        return std::span{sites_}.subspan(begin_[set], begin_[set + 1] - begin_[set]);
    }
    [[nodiscard]] std::size_t size() const { return begin_.size() - 1; }

private:
    void hash_new_sets();

    std::vector<SiteNumber> sites_;
    std::vector<std::size_t> begin_{0};
    NumbersByHash by_hash_;  ///< of all sets once `intern` was asked
};

/// People who live in the same commune and are served by the same sites: they share a fate. People whom no
/// site serves are a group as well, in the dark whatever happens. A commutative monoid under `merge`;
/// equality ignores the order in which groups came.
class ServingGroups {
public:
    struct Row {
        ZoneNumber zone = outside_every_zone;
        ServingSets::SetNumber set = 0;
        Persons people;
    };

    /// @pre the sites ascend strictly @throws QuantityOverflow
    void add(ZoneNumber zone, std::span<const SiteNumber> sites, Persons people);
    /// @throws QuantityOverflow
    void merge(const ServingGroups& other);

    /// All groups, by zone, then by their sites in lexicographic order.
    [[nodiscard]] std::vector<Row> rows() const;
    [[nodiscard]] const ServingSets& sets() const { return sets_; }
    [[nodiscard]] std::size_t size() const { return people_.size(); }

    friend bool operator==(const ServingGroups& a, const ServingGroups& b);

private:
    static std::uint64_t packed(ZoneNumber zone, ServingSets::SetNumber set) {
        return std::uint64_t{static_cast<std::uint32_t>(zone)} << 32 | set;
    }

    ServingSets sets_;
    std::unordered_map<std::uint64_t, Persons> people_;  ///< by zone and set
};

}  // namespace phusong
