#include "engine/lost_people.hpp"

#include <algorithm>

namespace phusong {

PeopleInterval lost_people(const MapLoss& maps, Persons lost_on_maps, const LossSpread& scenarios,
                           Persons before) {
    const double lost = lost_on_maps.value();
    const double most = std::max(before.value(), scenarios.mean);
    // Severities are raked by rounding down, so a unit may be missing.
    const auto together = [&](Persons by_maps, double of_scenarios) {
        return std::clamp(of_scenarios + std::max(0.0, by_maps.value() - lost), 0.0, most);
    };
    PeopleInterval dark;
    dark.headline = together(maps.headline, scenarios.mean);
    dark.low = std::min(together(maps.low, scenarios.low.value()), dark.headline);
    dark.high = std::max(together(maps.most, scenarios.high.value()), dark.headline);
    dark.by_severity = std::max(0.0, dark.headline - scenarios.mean);
    return dark;
}

PeopleInterval lost_people(const PlaceImpact& impact, const PlaceOutlook& outlook, std::size_t question) {
    const LossEstimate& estimate = outlook.of_question[question];
    return lost_people(impact.by_maps[question], impact.lost_on_maps[question], estimate.spread,
                       impact.of_question[question].before().served.people);
}

PeopleInterval lost_people_at(const PlaceImpact& impact, const PlaceOutlook& outlook, std::size_t hour) {
    return lost_people(impact.by_maps.front(), impact.lost_on_maps.front(), outlook.dark_at[hour],
                       impact.of_question.front().before().served.people);
}

PeopleInterval lost_people_hours(const PlaceImpact& impact, const PlaceOutlook& outlook,
                                 std::span<const double> hours) {
    const double duration = hours.empty() ? 0 : hours.back() - hours.front();
    const MapLoss& maps = impact.by_maps.front();
    const auto beyond = [&](Persons by_maps) {
        return duration * std::max(0.0, (by_maps - impact.lost_on_maps.front()).value());
    };
    const double most = std::max(duration * impact.of_question.front().before().served.people.value(),
                                 outlook.people_hours.mean);
    PeopleInterval dark;
    dark.headline = std::min(outlook.people_hours.mean + beyond(maps.headline), most);
    dark.low = std::min(outlook.people_hours.low.value() + beyond(maps.low), dark.headline);
    dark.high =
        std::max(std::min(outlook.people_hours.high.value() + beyond(maps.most), most), dark.headline);
    dark.by_severity = std::max(0.0, dark.headline - outlook.people_hours.mean);
    return dark;
}

namespace {

PeopleInterval plus(PeopleInterval lost, double amount) {
    return {lost.low + amount, lost.headline + amount, lost.high + amount, lost.by_severity};
}

double never_served(const PlaceImpact& impact) {
    return impact.of_question.front().of(Service::unserved, Service::unserved).people.value();
}

}  // namespace

PeopleInterval dark_people(const PlaceImpact& impact, const PlaceOutlook& outlook) {
    return plus(lost_people(impact, outlook, 0), never_served(impact));
}

PeopleInterval dark_people_at(const PlaceImpact& impact, const PlaceOutlook& outlook, std::size_t hour) {
    return plus(lost_people_at(impact, outlook, hour), never_served(impact));
}

PeopleInterval dark_people_hours(const PlaceImpact& impact, const PlaceOutlook& outlook,
                                 std::span<const double> hours) {
    const double duration = hours.empty() ? 0 : hours.back() - hours.front();
    return plus(lost_people_hours(impact, outlook, hours), duration * never_served(impact));
}

}  // namespace phusong
