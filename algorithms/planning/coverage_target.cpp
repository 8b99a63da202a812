#include "algorithms/planning/coverage_target.hpp"

#include <algorithm>
#include <numeric>

namespace phusong {

TargetProgress::TargetProgress(const CoverageInstance& open_part, const CoverageTarget& target)
    : choice_{open_part},
      missing_{target.in_all.units()},
      zone_missing_(target.of_zone.size()),
      zone_asks_(target.of_zone.size()),
      of_zone_(target.of_zone.size()),
      all_(open_part.candidate_count()),
      zone_sum_(target.of_zone.size()) {
    std::iota(all_.begin(), all_.end(), 0);
    for (std::size_t zone = 0; zone < zone_missing_.size(); ++zone) {
        zone_missing_[zone] = target.of_zone[zone].units();
        zone_asks_[zone] = zone_missing_[zone] > 0;
        if (zone_asks_[zone]) ++zones_short_;
    }
    any_floor_ = zones_short_ > 0;
    if (!any_floor_) return;
    // By ascending candidate, so that one look back tells whether it is in the list of a zone already.
    for (const CandidateNumber j : all_) {
        for (const auto group : open_part.groups_of(j)) {
            const auto zone = static_cast<std::size_t>(open_part.zone(group));
            if (open_part.zone(group) < 0 || zone >= zone_asks_.size() || !zone_asks_[zone]) continue;
            if (of_zone_[zone].empty() || of_zone_[zone].back() != j) of_zone_[zone].push_back(j);
        }
    }
}

void TargetProgress::sum_by_zone(CandidateNumber j) const {
    zones_seen_.clear();
    const CoverageInstance& instance = choice_.instance();
    const std::uint32_t alone = choice_.holds(j) ? 1 : 0;
    for (const auto group : instance.groups_of(j)) {
        if (choice_.times_covered(group) != alone || instance.zone(group) < 0) continue;
        const auto zone = static_cast<std::size_t>(instance.zone(group));
        if (zone >= zone_asks_.size() || !zone_asks_[zone]) continue;
        if (zone_sum_[zone] == 0) zones_seen_.push_back(zone);
        zone_sum_[zone] += instance.people(group).units();
    }
}

Persons TargetProgress::progress(CandidateNumber j) const {
    std::int64_t sum = std::min(choice_.worth(j).units(), std::max<std::int64_t>(0, missing_));
    if (zones_short_ > 0) {
        sum_by_zone(j);
        for (const std::size_t zone : zones_seen_) {
            sum += std::min(zone_sum_[zone], std::max<std::int64_t>(0, zone_missing_[zone]));
            zone_sum_[zone] = 0;
        }
    }
    return Persons::of_units(sum);
}

bool TargetProgress::can_spare(CandidateNumber j) const {
    if (missing_ + choice_.worth(j).units() > 0) return false;
    if (!any_floor_) return true;
    sum_by_zone(j);
    bool spare = true;
    for (const std::size_t zone : zones_seen_) {
        spare = spare && zone_missing_[zone] + zone_sum_[zone] <= 0;
        zone_sum_[zone] = 0;
    }
    return spare;
}

std::span<const CandidateNumber> TargetProgress::helpers() const {
    if (zones_short_ == 0) return all_;
    helpers_.clear();
    for (std::size_t zone = 0; zone < zone_missing_.size(); ++zone) {
        if (zone_missing_[zone] > 0)
            helpers_.insert(helpers_.end(), of_zone_[zone].begin(), of_zone_[zone].end());
    }
    std::sort(helpers_.begin(), helpers_.end());
    helpers_.erase(std::unique(helpers_.begin(), helpers_.end()), helpers_.end());
    return helpers_;
}

void TargetProgress::change_zones(CandidateNumber j, std::int64_t sign) {
    if (!any_floor_) return;
    sum_by_zone(j);
    for (const std::size_t zone : zones_seen_) {
        if (zone_missing_[zone] > 0) --zones_short_;
        zone_missing_[zone] += sign * zone_sum_[zone];
        if (zone_missing_[zone] > 0) ++zones_short_;
        zone_sum_[zone] = 0;
    }
}

void TargetProgress::add(CandidateNumber j) {
    change_zones(j, -1);
    missing_ -= choice_.worth(j).units();
    choice_.add(j);
}

void TargetProgress::drop(CandidateNumber j) {
    change_zones(j, 1);
    missing_ += choice_.worth(j).units();
    choice_.drop(j);
}

}  // namespace phusong
