#pragma once

#include <optional>
#include <vector>

#include "algorithms/damage/shared_fates.hpp"
#include "algorithms/damage/transitions.hpp"
#include "engine/event_outlook.hpp"
#include "engine/hardening.hpp"
#include "engine/restoration.hpp"

namespace phusong {

/// People who lost a service by what maps show, with the interval that severities leave.
struct MapLoss {
    Persons low;       ///< surely: lost on a map of afterwards, or s^m where redundancy is known
    Persons headline;  ///< severity taken at its word
    Persons most;      ///< and with all of whom nobody knows

    friend bool operator==(const MapLoss&, const MapLoss&) = default;
};

/// What an event did to one commune, or to everybody.
struct PlaceImpact {
    std::vector<Transitions> of_question;  ///< of EventPlan::questions; maps and what is known of sites
    std::vector<MapLoss> by_maps;          ///< of EventPlan::questions
    /// People who had the service, and maps alone say that it is gone: every scenario counts them as well. Of
    /// EventPlan::questions.
    std::vector<Persons> lost_on_maps;
    /// People who lost one of their mobile technologies and keep another one.
    Persons degraded;

    void merge(const PlaceImpact& other);
    void subtract(const PlaceImpact& other);

    friend bool operator==(const PlaceImpact&, const PlaceImpact&) = default;
};

/// What an event did, and what its sites make likely.
struct EventResult {
    std::vector<PlaceImpact> zones;  ///< by number of Plan::zones
    PlaceImpact total;               ///< everybody in a commune, nobody twice
    EventOutlook outlook;            ///< without sites: what the maps say, for certain
    /// People (raked) by commune, answers by maps, and the sites in reach: what scenarios run on.
    std::vector<SharedFates::Row> fates;
    ServingSets sets;                        ///< of `fates`
    std::optional<Restoration> restoration;  ///< where the study asks for it
    std::optional<Hardening> hardening;      ///< where the study asks for it
};

}  // namespace phusong
