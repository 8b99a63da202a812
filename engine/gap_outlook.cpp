#include "engine/gap_outlook.hpp"

#include <algorithm>

#include "algorithms/quantities/wide_integer.hpp"

namespace phusong {
namespace {

/// To the nearest unit. @pre there are amounts, none of them negative
template <typename Amount>
Amount mean_of(std::span<const Amount> amounts) {
    WideInteger sum = 0;
    for (const Amount amount : amounts) sum += amount.units();
    const auto count = static_cast<WideInteger>(amounts.size());
    return Amount::of_units(static_cast<std::int64_t>((2 * sum + count) / (2 * count)));
}

Need need_of(const GapGrounds& grounds, std::size_t zone, Persons lost, PeopleHours hours) {
    const Persons anyway = grounds.dark_anyway.empty() ? Persons{} : grounds.dark_anyway[zone];
    return {floor_of(grounds.groups->tally(zone), lost, grounds.people[zone], grounds.floor_share),
            lost + anyway, hours + PeopleHours::round(anyway.value() * grounds.duration)};
}

RankDraws draws_of(const GapGrounds& grounds) {
    RankDraws draws{std::vector<std::string>{grounds.codes.begin(), grounds.codes.end()}};
    std::vector<Need> needs(grounds.codes.size());
    for (std::size_t scenario = 0; scenario < grounds.losses->scenarios(); ++scenario) {
        for (std::size_t zone = 0; zone < needs.size(); ++zone) {
            needs[zone] = need_of(grounds, zone, grounds.losses->row(zone)[scenario],
                                  grounds.hours->row(zone)[scenario]);
        }
        draws.add(needs);
    }
    return draws;
}

bool loses_something(const RankedGap& gap) {
    return gap.need.people_dark > Persons{} || gap.need.people_hours > PeopleHours{};
}

void find_ties(std::vector<RankedGap>& ranking, const RankDraws& draws) {
    for (std::size_t i = 0; i < ranking.size(); ++i) {
        if (!loses_something(ranking[i])) continue;
        const std::size_t end = std::min(ranking.size(), i + 1 + most_ranks_compared);
        for (std::size_t j = i + 1; j < end && loses_something(ranking[j]); ++j) {
            if (!draws.tied(ranking[i].zone, ranking[j].zone)) break;
            ranking[i].tied.push_back(ranking[j].zone);
            ranking[j].tied.push_back(ranking[i].zone);
        }
    }
}

}  // namespace

Floor floor_of(const LossTally& tally, Persons lost, Persons people, double floor_share) {
    const Persons after = tally.before - lost + tally.new_service;
    const bool nobody_left = tally.before > Persons{} && after <= Persons{};
    return nobody_left || after.value() < floor_share * people.value() ? Floor::missed : Floor::kept;
}

std::vector<RankedGap> rank_gaps(const GapGrounds& grounds) {
    std::vector<Need> needs;
    for (std::size_t zone = 0; zone < grounds.codes.size(); ++zone) {
        needs.push_back(
            need_of(grounds, zone, mean_of(grounds.losses->row(zone)), mean_of(grounds.hours->row(zone))));
    }
    const RankDraws draws = draws_of(grounds);
    constexpr std::size_t top = 10;
    std::vector<RankedGap> ranking;
    for (const std::size_t zone : ranked(grounds.codes, needs)) {
        RankedGap gap;
        gap.zone = zone;
        gap.rank = ranking.size() + 1;
        gap.need = needs[zone];
        gap.interval = draws.interval(zone);
        gap.in_top_ten = draws.probability_within(zone, top);
        ranking.push_back(gap);
    }
    find_ties(ranking, draws);
    return ranking;
}

}  // namespace phusong
