#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

#include "algorithms/damage/shared_fates.hpp"
#include "engine/event_plan.hpp"

namespace phusong {

/// What becomes of the people of one row as to one question.
struct Fate {
    enum class Kind : std::uint8_t {
        not_served,   ///< they did not have it surely before, nor have it surely afterwards
        new_service,  ///< they did not have it surely before; the maps say that they do afterwards
        lost_by_map,  ///< they had it, and the maps say that it is gone
        unclear,      ///< they had it, and the maps do not know
        stays,        ///< they have it by the maps, on a layer that is new or that no site in reach can give
        by_sites      ///< they surely have it as long as one of the set's sites is on the air
    };
    Kind kind = Kind::not_served;
    ServingSets::SetNumber set = 0;  ///< `by_sites`
};

/// Puts one question to rows. Sets that come out alike have one number, in the order in which they came.
class FateOf {
public:
    /// @pre all outlive the object
    FateOf(const LossQuestion& question, const EventPlan& event, const ServingSets& sets);

    [[nodiscard]] Fate operator()(const SharedFates::Row& row);
    [[nodiscard]] const ServingSets& sets() const { return carriers_; }

private:
    [[nodiscard]] ServingSets::SetNumber carriers_of(ServingSets::SetNumber set, std::uint32_t layers);

    const LossQuestion* question_;
    const EventPlan* event_;
    const ServingSets* reach_;
    std::vector<std::uint32_t> site_layers_;                           ///< a bit a layer
    ServingSets carriers_;                                             ///< set 0 is empty
    std::unordered_map<std::uint64_t, ServingSets::SetNumber> known_;  ///< by set in reach and layers
    std::vector<SiteNumber> sites_;
};

/// People of one place as to one question, whatever becomes of sites.
struct LossTally {
    Persons before;       ///< had it
    Persons lost_by_map;  ///< had it, and by the maps it is gone
    Persons stays;        ///< have it whatever becomes of sites, see `Fate::Kind::stays`
    Persons new_service;  ///< had it not surely, and have it by the maps

    void add(Fate::Kind kind, Persons people);
    void merge(const LossTally& other);
    void subtract(const LossTally& other);
};

/// People who lose a service together when all sites of a set are off the air.
struct LossGroup {
    ServingSets::SetNumber set = 0;
    Persons people;
};

/// All rows as to one question, by place: the communes by number, and behind them `everybody` once. Groups of
/// everybody are those that communes count twice: what is to be taken from the sum of the communes.
class LossGroups {
public:
    /// @param zones how many communes there are @throws QuantityOverflow
    LossGroups(const LossQuestion& question, const EventPlan& event, std::span<const SharedFates::Row> rows,
               const ServingSets& sets, std::size_t zones);

    [[nodiscard]] std::size_t places() const { return tallies_.size(); }
    [[nodiscard]] std::size_t everybody() const { return places() - 1; }
    [[nodiscard]] const LossTally& tally(std::size_t place) const { return tallies_[place]; }
    /// In no order that may be relied on; no set comes twice.
    [[nodiscard]] std::span<const LossGroup> groups(std::size_t place) const {
        return std::span{groups_}.subspan(begin_[place], begin_[place + 1] - begin_[place]);
    }
    [[nodiscard]] const ServingSets& sets() const { return sets_; }

private:
    std::vector<LossTally> tallies_;
    std::vector<LossGroup> groups_;   ///< by place
    std::vector<std::size_t> begin_;  ///< of each place, and one beyond the last
    ServingSets sets_;
};

/// Where people of a commune are counted: under its number, those counted twice behind the communes.
/// @return false for people outside of all communes
[[nodiscard]] bool place_of(ZoneNumber zone, std::size_t zones, std::size_t& place);

}  // namespace phusong
