#pragma once

#include <span>
#include <vector>

#include "algorithms/damage/site_network.hpp"
#include "engine/event_outlook.hpp"
#include "engine/loss_groups.hpp"
#include "engine/scenario_table.hpp"

namespace phusong {

/// What is known of sites at one hour, for estimates of one question after the other.
struct SitesAtHour {
    BitRows failed;               ///< a row a site, a bit a scenario
    std::vector<double> failure;  ///< part of the scenarios in which each site is off the air
    std::vector<char> surely_off;
};

/// By place. @param losses what `losses_of` made of the groups and the failed sites
[[nodiscard]] std::vector<LossEstimate> estimates_of(const LossGroups& groups, const SitesAtHour& sites,
                                                     const PersonsTable& losses);

/// By place: why people are in the dark. @param causes of the failed sites
[[nodiscard]] std::vector<CauseSplit> cause_splits_of(const LossGroups& groups, const BitRows& failed,
                                                      const OutageRows& causes);

}  // namespace phusong
