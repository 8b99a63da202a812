#pragma once

#include <cstddef>
#include <span>

#include "algorithms/damage/scenarios.hpp"
#include "engine/event_result.hpp"

namespace phusong {

/// How many people, with what is not known about it. Of those who lost a service, by maps and scenarios
/// together. @invariant 0 <= low <= headline <= high
struct PeopleInterval {
    double low = 0;
    double headline = 0;
    double high = 0;
    /// Of the headline: people whom only parts of damage take away, whatever becomes of sites. Scenarios know
    /// nothing of them, so this part is the same in all of them.
    double by_severity = 0;

    friend bool operator==(const PeopleInterval&, const PeopleInterval&) = default;
};

/// Scenarios count everybody who lost the service on maps in each of them (`lost_on_maps`), and nobody whom a
/// severity between 0 and 1 touches. Maps count both. So
///
///     headline = maps.headline + (scenarios.mean - lost_on_maps)
///
/// and the ends alike: what maps say at least and the 5 % of scenarios that are best, what they say at most
/// and the 5 % that are worst. Nobody counts twice; one who lives under partial damage counts by its
/// severity, whatever becomes of the sites in reach. Where a mean lies outside the 5 to 95 % of its
/// scenarios, the interval is widened to hold it.
/// @param lost_on_maps people whose answer after the event is "no" by maps alone
/// @param before all who had the service
[[nodiscard]] PeopleInterval lost_people(const MapLoss& maps, Persons lost_on_maps,
                                         const LossSpread& scenarios, Persons before);

/// Of one question, at the headline hour. @pre both are of the same place
[[nodiscard]] PeopleInterval lost_people(const PlaceImpact& impact, const PlaceOutlook& outlook,
                                         std::size_t question);

/// Of the first question, at one of the hours asked for. @pre both are of the same place
[[nodiscard]] PeopleInterval lost_people_at(const PlaceImpact& impact, const PlaceOutlook& outlook,
                                            std::size_t hour);

/// People-hours without the first service. What parts of damage take away stays lost over all `hours`.
/// @param hours asked for, ascending @pre both are of the same place
[[nodiscard]] PeopleInterval lost_people_hours(const PlaceImpact& impact, const PlaceOutlook& outlook,
                                               std::span<const double> hours);

/// People dark: without the first service after the event, those who lost it and those who surely had none
/// before it either. @pre both are of the same place
[[nodiscard]] PeopleInterval dark_people(const PlaceImpact& impact, const PlaceOutlook& outlook);
[[nodiscard]] PeopleInterval dark_people_at(const PlaceImpact& impact, const PlaceOutlook& outlook,
                                            std::size_t hour);
/// People-hours of all people dark.
[[nodiscard]] PeopleInterval dark_people_hours(const PlaceImpact& impact, const PlaceOutlook& outlook,
                                               std::span<const double> hours);

}  // namespace phusong
