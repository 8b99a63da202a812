#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "algorithms/planning/cost.hpp"
#include "engine/layer_input.hpp"

namespace phusong {

/// Points where sites may be built, or are about to be.
struct CandidatesInput {
    FileLayer file;
    std::string id_field;      ///< empty: "id" or another usual name; else numbered from 1
    std::string cost_field;    ///< empty: "cost" where there is one; else each costs RolloutInput::site_cost
    std::string radius_field;  ///< metres; empty: "radius_m" where there is one; else RolloutInput::radius_m
    std::string existing_field;  ///< yes or no, will be there in any case; empty: "existing" or none is

    friend bool operator==(const CandidatesInput&, const CandidatesInput&) = default;
};

/// How much may be built, or has to be reached: a plan for each that is set. What may be asked anew of a run
/// that is over.
struct RolloutAsk {
    std::optional<std::size_t> sites;
    std::optional<Cost> budget;
    /// Of all people, in millionths of a per cent, at least cost.
    std::optional<std::int64_t> target_millionths;
    /// Of the people of every commune, on the way to that target; 0: no floor.
    std::int64_t floor_millionths = 0;
    /// Of an alternative such as a satellite terminal, for each person: the plan says from which site on it
    /// costs less.
    std::optional<Cost> alternative_cost_per_person;

    friend bool operator==(const RolloutAsk&, const RolloutAsk&) = default;
};

/// What may be built to bring one technology to more people.
struct RolloutInput {
    std::string technology;                     ///< "5g"
    std::optional<CandidatesInput> candidates;  ///< unset: masts without the technology, and places found
    double radius_m = 2000;                     ///< of the service of a candidate that tells none
    Cost site_cost = Cost::round(1);            ///< of a candidate that tells none
    std::optional<Cost> mast_cost;              ///< of the technology on a mast that stands; unset: site_cost
    bool masts = true;                          ///< whether masts of the study are candidates
    std::size_t most_found = 5000;              ///< places found where many people live without it
    std::string currency;                       ///< of all costs, as written: "tỷ đồng"
    RolloutAsk ask;

    friend bool operator==(const RolloutInput&, const RolloutInput&) = default;
};

}  // namespace phusong
