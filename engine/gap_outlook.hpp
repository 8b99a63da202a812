#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "algorithms/quantities/people_hours.hpp"
#include "engine/event_outlook.hpp"
#include "engine/loss_groups.hpp"
#include "engine/scenario_table.hpp"

namespace phusong {

/// What the ranking of communes rests on; all of one question, by commune.
struct GapGrounds {
    const LossGroups* groups = nullptr;
    const PersonsTable* losses = nullptr;
    const ScenarioTable<PeopleHours>* hours = nullptr;
    std::span<const std::string> codes;
    std::span<const Persons> people;
    std::span<const Persons> dark_anyway;  ///< of each commune, whatever becomes of sites; empty: nobody
    double duration = 0;                   ///< hours that are looked at
    double floor_share = 0;
};

/// A commune misses the floor when nobody in it has the service any more, or fewer than the study's part of
/// its people have it.
/// @param lost of those who had it @param people of the commune
[[nodiscard]] Floor floor_of(const LossTally& tally, Persons lost, Persons people, double floor_share);

/// How far down the ranking a commune is compared with others: all pairs would take communes squared x
/// scenarios steps, and who is alike with more than that is told by the interval of its rank.
inline constexpr std::size_t most_ranks_compared = 100;

/// All communes, the worst first by means over scenarios. Ties are looked for among communes that lose
/// something: from each one down the ranking until the first that it is not tied with, and counted for both.
[[nodiscard]] std::vector<RankedGap> rank_gaps(const GapGrounds& grounds);

}  // namespace phusong
