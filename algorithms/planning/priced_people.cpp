#include "algorithms/planning/priced_people.hpp"

#include <algorithm>

namespace phusong {

using GroupNumber = CoverageInstance::GroupNumber;

PricedPeople::PricedPeople(const CoverageInstance& open_part, const CoverageTarget& target)
    : instance_{&open_part},
      target_{&target},
      zone_begin_(target.of_zone.size() + 1),
      taken_(open_part.group_count()) {
    per_person_.of_zone.resize(target.of_zone.size());
    const std::size_t zones = target.of_zone.size();
    // Others are a zone behind the last, one without a floor.
    std::vector<std::vector<GroupNumber>> groups(zones + 1);
    for (GroupNumber group = 0; group < open_part.group_count(); ++group) {
        const ZoneNumber zone = open_part.zone(group);
        const bool asks = zone >= 0 && static_cast<std::size_t>(zone) < zones &&
                          target.of_zone[static_cast<std::size_t>(zone)] > Persons{};
        groups[asks ? static_cast<std::size_t>(zone) : zones].push_back(group);
    }
    for (std::size_t zone = 0; zone <= zones; ++zone) {
        by_zone_.insert(by_zone_.end(), groups[zone].begin(), groups[zone].end());
        if (zone < zones) zone_begin_[zone + 1] = by_zone_.size();
    }
    lots_.resize(by_zone_.size());
}

double PricedPeople::take(std::span<Lot> lots, double units) {
    // Halves the stretch that holds the last lot to be taken; all in front of it are taken whole.
    double last = 0;
    while (!lots.empty() && units > 0) {
        const std::size_t half = (lots.size() + 1) / 2;
        const auto middle = lots.begin() + static_cast<std::ptrdiff_t>(half);
        if (lots.size() > 1) {
            std::nth_element(lots.begin(), middle - 1, lots.end(), [](const Lot& a, const Lot& b) {
                return a.per_unit != b.per_unit ? a.per_unit < b.per_unit : a.group < b.group;
            });
        }
        double front = 0;
        for (auto lot = lots.begin(); lot != middle; ++lot) front += lot->units;
        if (front <= units || half == lots.size()) {
            for (auto lot = lots.begin(); lot != middle; ++lot) {
                const double part = std::min(lot->units, units);
                const auto people = static_cast<double>(instance_->people(lot->group).units());
                taken_[lot->group] = std::min(1.0, taken_[lot->group] + part / people);
                lot->units -= part;
                units -= part;
                if (part > 0) last = std::max(last, lot->per_unit);
            }
            lots = lots.subspan(half);
        } else {
            lots = lots.first(half);
        }
    }
    return last;
}

double PricedPeople::take_cheapest(std::span<const double> prices) {
    std::fill(taken_.begin(), taken_.end(), 0);
    for (std::size_t i = 0; i < by_zone_.size(); ++i) {
        const GroupNumber group = by_zone_[i];
        const auto units = static_cast<double>(instance_->people(group).units());
        lots_[i] = {prices[group] / units, units, group};
    }
    auto missing = static_cast<double>(target_->in_all.units());
    for (std::size_t zone = 0; zone + 1 < zone_begin_.size(); ++zone) {
        const auto floor = static_cast<double>(target_->of_zone[zone].units());
        per_person_.of_zone[zone] = 0;
        if (floor <= 0) continue;
        per_person_.of_zone[zone] = take(
            std::span{lots_}.subspan(zone_begin_[zone], zone_begin_[zone + 1] - zone_begin_[zone]), floor);
        missing -= floor;
    }
    per_person_.in_all = take(lots_, missing);
    for (double& price : per_person_.of_zone) price = std::max(price, per_person_.in_all);
    double sum = 0;
    for (GroupNumber group = 0; group < taken_.size(); ++group) sum += taken_[group] * prices[group];
    return sum;
}

}  // namespace phusong
