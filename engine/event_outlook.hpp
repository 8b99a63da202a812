#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "algorithms/damage/scenarios.hpp"
#include "algorithms/damage/shared_fates.hpp"
#include "algorithms/damage/site_network.hpp"
#include "algorithms/quantities/people_hours.hpp"
#include "algorithms/quantities/persons.hpp"
#include "algorithms/ranking/gap_ranking.hpp"
#include "engine/event.hpp"
#include "engine/event_plan.hpp"
#include "engine/site_table.hpp"

namespace phusong {

/// People who lost one service, over scenarios and beside them.
struct LossEstimate {
    Persons before;   ///< had it before the event, as far as the maps know
    Persons certain;  ///< lost it in every scenario: the maps say so, or all their sites are known to be off
    LossSpread spread;    ///< over scenarios
    Persons least;        ///< Frechet: at least so many are expected, however failures hang together
    Persons independent;  ///< expected if sites failed independently of each other
    Persons most;         ///< Frechet: at most so many are expected, however failures hang together

    friend bool operator==(const LossEstimate&, const LossEstimate&) = default;
};

/// Mean people in the dark by why their sites are off the air; they add up to the mean of all.
struct CauseSplit {
    double structure = 0;
    double power = 0;
    double transport = 0;
    double unattributed = 0;  ///< seen off, nobody knows why; or off by the map
    double mixed = 0;         ///< their sites are off for different reasons

    friend bool operator==(const CauseSplit&, const CauseSplit&) = default;
};

/// People-hours without service over scenarios, step integral over the hours asked for.
struct HoursSpread {
    double mean = 0;
    PeopleHours low;   ///< 5 % of the scenarios are no worse
    PeopleHours high;  ///< 95 % of the scenarios are no worse

    friend bool operator==(const HoursSpread&, const HoursSpread&) = default;
};

/// One commune, or everybody, after the event.
struct PlaceOutlook {
    std::vector<LossEstimate> of_question;  ///< at the headline hour; of EventPlan::questions
    std::vector<LossSpread> dark_at;        ///< of the first question, at every hour asked for
    CauseSplit causes;                      ///< of the first question, at the headline hour
    HoursSpread people_hours;               ///< of the first question
    /// People who would keep service if networks served each other's customers: sum over operators of their
    /// part of all customers x people who lost that operator while another one still serves them.
    LossSpread roaming_dividend;
    /// Served by the maps on a layer that is new or that no site in reach can give: they stay served.
    Persons without_site;

    friend bool operator==(const PlaceOutlook&, const PlaceOutlook&) = default;
};

/// What became of one site.
struct SiteOutlook {
    Status observed = Status::unknown;  ///< as far as statuses, power and backhaul decide
    OutageCause cause = OutageCause::none;
    std::vector<double> outage;  ///< part of the scenarios in which it is off, at every hour asked for
    OutageCounts counts;         ///< at the headline hour

    friend bool operator==(const SiteOutlook&, const SiteOutlook&) = default;
};

/// Place of a commune in the ranking of gaps.
struct RankedGap {
    std::size_t zone = 0;  ///< of Plan::zones
    std::size_t rank = 0;  ///< from 1, by means over scenarios
    Need need;             ///< means over scenarios, floor by the mean
    RankInterval interval;
    double in_top_ten = 0;          ///< P(rank <= 10)
    std::vector<std::size_t> tied;  ///< zones that it neither beats nor loses to in 80 % of the scenarios

    friend bool operator==(const RankedGap&, const RankedGap&) = default;
};

/// What the sites of a study make likely after an event.
struct EventOutlook {
    std::vector<double> hours;
    std::size_t headline = 0;  ///< of `hours`: where most people are expected to be in the dark
    std::uint32_t scenarios = 0;
    bool certain = false;             ///< nothing was left to chance: every scenario is the same
    std::vector<PlaceOutlook> zones;  ///< by number of Plan::zones
    PlaceOutlook total;               ///< everybody once
    std::vector<SiteOutlook> sites;   ///< in the order of the site table
    std::vector<RankedGap> ranking;   ///< the worst first
    /// Of every row that was asked about: part of the scenarios in which its people have no service of the
    /// first question at the headline hour.
    std::vector<double> dark_part_of_rows;
};

/// What scenarios say of an event's sites. Pure: the same bits for any order of rows and any thread.
/// People who had a service lose it by the maps, or where every site in reach that gives it is off; but not
/// while some layer serves them by the maps that is new or that no site in reach can give, as `after_sites`
/// has it. Where by the maps nobody knows of one of their layers they are not counted as lost. Where nothing
/// is left to chance one scenario is worked out and stands for all.
/// @param rows people (raked where the study rakes) by commune, answers before and after by maps alone, and
/// the sites in reach; `sets` holds their sites
/// @param codes of the communes, by zone number; they break ties
/// @param people of each commune, for the floor
/// @param dark_anyway of each commune, people whom sites do not matter to: never served, or lost under
/// partial damage; they count in the ranking alone. Empty: nobody
/// @pre a question, an hour and a scenario at least; hours ascend; layers of each site of the table
/// @throws SiteNetworkError naming the site @throws QuantityOverflow
[[nodiscard]] EventOutlook outlook_of(const EventInput& event, const EventPlan& plan, const SiteTable& table,
                                      std::span<const SharedFates::Row> rows, const ServingSets& sets,
                                      std::span<const std::string> codes, std::span<const Persons> people,
                                      std::span<const Persons> dark_anyway = {});

}  // namespace phusong
