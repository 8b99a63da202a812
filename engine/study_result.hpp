#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "algorithms/ledger/questions.hpp"
#include "engine/event_result.hpp"
#include "engine/partial.hpp"
#include "engine/plan.hpp"
#include "engine/problems.hpp"
#include "engine/rollout.hpp"
#include "engine/target_closing.hpp"

namespace phusong {

/// One technology in one place.
struct TechnologyResult {
    Answer any_operator;  ///< by share where the technology is counted so
    Answer yes_no;        ///< any operator by yes and no; land is always counted so
    Answer all_operators;
    std::vector<Answer> of_operator;  ///< in the order of Technology::layers
    std::size_t best_operator = 0;   ///< the one that serves most people for certain; the first of equal ones
    std::vector<Persons> served_by;  ///< [n]: people whom exactly n operators serve for certain
    double sampling_error = 0;       ///< standard error of the people served, in people
};

/// A commune, a province or everything.
struct PlaceResult {
    std::string code;  ///< of communes; else empty
    std::string name;
    std::string province;
    std::size_t zone = 0;  ///< of communes: number in the plan
    /// Unset where the raster says nothing: outside of it, or nobody in it where officially people live.
    std::optional<Persons> people;
    Persons raster_people;  ///< before raking
    std::optional<double> official_people;
    std::optional<double> raking_factor;         ///< official / raster people
    double inside_raster = 1;                    ///< part of the area that the population raster covers
    Area area;                                   ///< inside the population raster
    std::vector<TechnologyResult> technologies;  ///< in the order of the plan
    std::vector<Answer> combinations;            ///< "served": the combination holds
    std::vector<Persons> without_service;        ///< of each dead-zone definition: surely unserved

    /// Whether a percentage of people can be given.
    [[nodiscard]] bool has_people() const { return people && *people > Persons{}; }
};

struct StudyResult {
    std::vector<PlaceResult> communes;   ///< by code
    std::vector<PlaceResult> provinces;  ///< by name
    PlaceResult total;                   ///< everybody in a commune, nobody twice
    Ledger ledger;                       ///< as counted, before raking
    Balance balance;
    Persons rake_target;  ///< sum of the official numbers used; zero when not raked
    bool raked = false;
    std::vector<DeadZones> dead_zones;     ///< of each definition of the plan
    std::optional<EventResult> event;      ///< of a study with an event
    std::optional<RolloutResult> rollout;  ///< of a study that asks for one, run with a scratch
    std::vector<TargetClosings> closings;  ///< of each target, where there is a rollout
    Problems problems;
};

/// Everything that divides, rakes or ranks, from sums alone; reads no raster. What of dead zones follows from
/// single cells (outlines, distances, possible people) is left for `survey_dead_zones`.
/// @throws InputError when a raster held values that its rule does not know, or nobody at all
/// @throws std::invalid_argument when the partial does not hold every tile of the plan
[[nodiscard]] StudyResult finish(const Plan& plan, const Partial& partial);

}  // namespace phusong
