#pragma once

#include <vector>

#include "engine/study_result.hpp"

namespace phusong {

/// Names, rakes, sorts and sums up the patches of one definition. What follows from single cells is left
/// open.
/// @param communes what `finish` found, by number of Plan::zones
/// @param unserved of everything, from the ledger
[[nodiscard]] DeadZones rank_dead_zones(const Plan& plan, std::size_t definition, const Patches& patches,
                                        const std::vector<const PlaceResult*>& communes, Persons unserved);

/// What of ranked zones lies in each commune. @param count of communes @pre the parts' numbers are below it
[[nodiscard]] std::vector<CommuneDeadZones> by_commune(const std::vector<DeadZone>& zones, std::size_t count);

}  // namespace phusong
