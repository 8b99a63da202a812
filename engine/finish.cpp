#include <algorithm>
#include <cassert>
#include <cmath>
#include <map>
#include <numeric>
#include <span>
#include <stdexcept>
#include <string>

#include "engine/dead_zone_ranking.hpp"
#include "engine/errors.hpp"
#include "engine/finish_event.hpp"
#include "engine/place_answers.hpp"
#include "engine/study_result.hpp"
#include "engine/value_problems.hpp"
#include "engine/zone_ledger.hpp"

namespace phusong {

namespace {

std::string people_words(Persons people) {
    return std::to_string(std::llround(people.value()));
}

/// One commune's numbers, raked when the study asks for it and the raster allows it.
PlaceResult commune_result(const Plan& plan, const Partial& partial, ZoneNumber number, ZoneLedger& ledger,
                           Problems& problems) {
    const auto index = static_cast<std::size_t>(number);
    const Zone& zone = plan.zones[index];
    PlaceResult place;
    place.code = zone.code;
    place.name = zone.name;
    place.province = zone.province;
    place.zone = index;
    place.official_people = zone.official_people;
    place.inside_raster = plan.inside_raster[index];
    place.raster_people = ledger.people();
    if (place.inside_raster > 0) place.people = place.raster_people;

    if (!plan.study.population.adjust_to.empty() && zone.official_people && place.people) {
        const Persons target = Persons::round(*zone.official_people);
        if (place.raster_people > Persons{}) {
            ledger.rake(target, plan.study.coverage.size());
            place.raking_factor = *zone.official_people / place.raster_people.value();
            place.people = target;
        } else if (target > Persons{}) {
            place.people.reset();
            problems.push_back({"commune " + zone.code + " " + zone.name,
                                "has nobody in the population raster but " + people_words(target) +
                                    " people officially; its people are unknown",
                                target});
        }
    }
    std::vector<Ledger::Row> after;
    if (plan.event) after = rows_after(ledger, partial.fates.sets(), *plan.event);
    answer_questions(plan, ledger, after, place);
    const double sigma = standard_error_of_cell(plan.refine);
    for (std::size_t t = 0; t < place.technologies.size(); ++t) {
        place.technologies[t].sampling_error =
            partial.spread.standard_error({number, static_cast<std::int32_t>(t)}, sigma) *
            place.raking_factor.value_or(1);
    }
    return place;
}

void check_complete(const Plan& plan, const Partial& partial) {
    if (partial.fingerprint != plan.fingerprint || partial.tiles.size() != plan.tiling.size()) {
        throw std::invalid_argument{"the partial results hold " + std::to_string(partial.tiles.size()) +
                                    " of " + std::to_string(plan.tiling.size()) + " tiles of this study"};
    }
}

void rank_all_dead_zones(const Plan& plan, const Partial& partial, StudyResult& result) {
    std::vector<const PlaceResult*> by_number(plan.zones.size());
    for (const PlaceResult& commune : result.communes) by_number[commune.zone] = &commune;
    for (std::size_t i = 0; i < plan.dead_zones.size(); ++i) {
        result.dead_zones.push_back(
            rank_dead_zones(plan, i, partial.patches[i], by_number, result.total.without_service[i]));
        const std::int64_t beyond = partial.patches[i].remainder().patches;
        if (beyond == 0) continue;
        result.problems.push_back({"dead zones '" + plan.dead_zones[i].input.name + "'",
                                   "only the " + std::to_string(most_patches) +
                                       " with most people are listed; " + std::to_string(beyond) +
                                       " smaller ones are in the remainder",
                                   std::nullopt});
    }
}

}  // namespace

StudyResult finish(const Plan& plan, const Partial& partial) {
    check_complete(plan, partial);
    StudyResult result;
    result.problems = plan.problems;
    judge_values(plan, partial, result.problems);
    result.ledger = partial.ledger;
    result.balance = balance_of(partial.ledger, partial.raster_total);

    std::map<ZoneNumber, ZoneLedger> zones = zone_ledgers(plan, partial);
    for (std::size_t i = 0; i < plan.zones.size(); ++i) {
        const auto number = static_cast<ZoneNumber>(i);
        result.communes.push_back(commune_result(plan, partial, number, zones[number], result.problems));
        if (result.communes.back().raking_factor) {
            result.raked = true;
            result.rake_target += *result.communes.back().people;
        }
    }
    std::sort(result.communes.begin(), result.communes.end(),
              [](const PlaceResult& a, const PlaceResult& b) { return a.code < b.code; });

    std::map<std::string, std::vector<const PlaceResult*>> provinces;
    for (const PlaceResult& commune : result.communes) provinces[commune.province].push_back(&commune);
    for (const auto& [name, members] : provinces) {
        PlaceResult province;
        province.name = name;
        province.province = name;
        RollUp sum{plan, province};
        for (const PlaceResult* commune : members) sum.add(*commune);
        sum.finish();
        result.provinces.push_back(std::move(province));
    }
    result.total.name = plan.study.name;
    RollUp sum{plan, result.total};
    for (const PlaceResult& commune : result.communes) sum.add(commune);
    const auto twice = zones.find(counted_twice);
    // Official head counts count nobody twice, whatever the drawn borders do.
    if (twice != zones.end() && !result.raked) {
        PlaceResult overlap;
        overlap.raster_people = twice->second.people();
        std::vector<Ledger::Row> after;
        if (plan.event) after = rows_after(twice->second, partial.fates.sets(), *plan.event);
        answer_questions(plan, twice->second, after, overlap);
        sum.subtract(overlap);
    }
    sum.finish();
    rank_all_dead_zones(plan, partial, result);
    if (plan.event) result.event = finish_event(plan, partial.fates.sets(), zones, result);
    // Rounding noise of cut cells and vertex noise of borders are not worth a word; a hundredth of a person
    // is.
    const Persons worth_a_word = Persons::round(0.01);
    if (result.balance.twice > worth_a_word) {
        result.problems.push_back({"communes",
                                   "overlap: people in the overlaps belong to each of the communes there "
                                   "and are counted once in totals",
                                   result.balance.twice});
    }
    if (result.balance.outside > worth_a_word) {
        result.problems.push_back(
            {"population raster '" + plan.population_name + "'",
             "people live outside every commune (gaps, coast, border) and are in no row",
             result.balance.outside});
    }
    return result;
}

}  // namespace phusong
