#include "engine/dark_people.hpp"

#include <algorithm>

namespace phusong {

DarkPeople dark_people(const MapLoss& maps, Persons lost_on_maps, const LossSpread& scenarios,
                       Persons before) {
    const double lost = lost_on_maps.value();
    const double most = std::max(before.value(), scenarios.mean);
    // Severities are raked by rounding down, so a unit may be missing.
    const auto together = [&](Persons by_maps, double of_scenarios) {
        return std::clamp(of_scenarios + std::max(0.0, by_maps.value() - lost), 0.0, most);
    };
    DarkPeople dark;
    dark.headline = together(maps.headline, scenarios.mean);
    dark.low = std::min(together(maps.low, scenarios.low.value()), dark.headline);
    dark.high = std::max(together(maps.most, scenarios.high.value()), dark.headline);
    dark.by_severity = std::max(0.0, dark.headline - scenarios.mean);
    return dark;
}

DarkPeople dark_people(const PlaceImpact& impact, const PlaceOutlook& outlook, std::size_t question) {
    const LossEstimate& estimate = outlook.of_question[question];
    return dark_people(impact.by_maps[question], impact.lost_on_maps[question], estimate.spread,
                       impact.of_question[question].before().served.people);
}

DarkPeople dark_people_at(const PlaceImpact& impact, const PlaceOutlook& outlook, std::size_t hour) {
    return dark_people(impact.by_maps.front(), impact.lost_on_maps.front(), outlook.dark_at[hour],
                       impact.of_question.front().before().served.people);
}

DarkPeople dark_people_hours(const PlaceImpact& impact, const PlaceOutlook& outlook,
                             std::span<const double> hours) {
    const double duration = hours.empty() ? 0 : hours.back() - hours.front();
    const MapLoss& maps = impact.by_maps.front();
    const auto beyond = [&](Persons by_maps) {
        return duration * std::max(0.0, (by_maps - impact.lost_on_maps.front()).value());
    };
    const double most = std::max(duration * impact.of_question.front().before().served.people.value(),
                                 outlook.people_hours.mean);
    DarkPeople dark;
    dark.headline = std::min(outlook.people_hours.mean + beyond(maps.headline), most);
    dark.low = std::min(outlook.people_hours.low.value() + beyond(maps.low), dark.headline);
    dark.high =
        std::max(std::min(outlook.people_hours.high.value() + beyond(maps.most), most), dark.headline);
    dark.by_severity = std::max(0.0, dark.headline - outlook.people_hours.mean);
    return dark;
}

}  // namespace phusong
