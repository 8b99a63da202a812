#include <algorithm>
#include <cassert>
#include <cmath>
#include <map>
#include <numeric>
#include <span>
#include <stdexcept>
#include <string>

#include "algorithms/ledger/rake.hpp"
#include "engine/dead_zone_ranking.hpp"
#include "engine/errors.hpp"
#include "engine/study_result.hpp"
#include "engine/value_problems.hpp"

namespace phusong {

namespace {

/// The ledger of one zone, raked or not.
struct ZoneLedger {
    std::vector<Ledger::Row> rows;
    std::vector<Persons> served_by_share;  ///< of each layer of the study; zero for others

    [[nodiscard]] Persons people() const {
        Persons sum;
        for (const Ledger::Row& row : rows) sum += row.amount.people;
        return sum;
    }
};

std::map<ZoneNumber, ZoneLedger> by_zone(const Ledger& ledger, std::size_t layers) {
    std::map<ZoneNumber, ZoneLedger> zones;
    for (const Ledger::Row& row : ledger.rows()) zones[row.key.zone].rows.push_back(row);
    for (auto& [number, zone] : zones) {
        for (std::size_t layer = 0; layer < layers; ++layer) {
            zone.served_by_share.push_back(
                ledger.served_by_share({number, static_cast<std::int32_t>(layer)}));
        }
    }
    return zones;
}

/// Scales a zone to its official number of people; shares follow their people, rounded down.
void rake_to(ZoneLedger& zone, Persons target) {
    const Persons before = zone.people();
    assert(before.units() > 0);
    std::vector<Persons> amounts;
    for (const Ledger::Row& row : zone.rows) amounts.push_back(row.amount.people);
    const std::vector<Persons> scaled = raked(amounts, target);
    for (std::size_t i = 0; i < zone.rows.size(); ++i) zone.rows[i].amount.people = scaled[i];
    for (Persons& served : zone.served_by_share) {
        served = Persons::of_units(static_cast<std::int64_t>(static_cast<WideInteger>(served.units()) *
                                                             target.units() / before.units()));
    }
}

/// People by parts of households: what is unknown stays so, the rest is split by the share.
Answer by_share(const Answer& yes_no, Persons served) {
    Answer answer = yes_no;
    const Persons known = yes_no.served.people + yes_no.unserved.people;
    answer.served.people = std::min(served, known);
    answer.unserved.people = known - answer.served.people;
    return answer;
}

std::size_t best_of(const std::vector<Answer>& operators) {
    const auto best =
        std::max_element(operators.begin(), operators.end(),
                         [](const Answer& a, const Answer& b) { return a.served.people < b.served.people; });
    return static_cast<std::size_t>(best - operators.begin());
}

TechnologyResult technology_result(const Plan& plan, const Technology& technology, const ZoneLedger& zone) {
    const std::vector<std::size_t>& layers = technology.layers;
    TechnologyResult result;
    result.yes_no = ask(zone.rows, [&](ServiceState state) { return any_of(state, layers); });
    result.any_operator =
        technology.by_share ? by_share(result.yes_no, zone.served_by_share[layers.front()]) : result.yes_no;
    result.all_operators = ask(zone.rows, [&](ServiceState state) { return all_of(state, layers); });
    for (const std::size_t layer : layers) {
        const Answer own = ask(zone.rows, [layer](ServiceState state) { return state.of(layer); });
        const bool share = plan.study.coverage[layer].rule.kind == ServiceRule::Kind::share;
        result.of_operator.push_back(share ? by_share(own, zone.served_by_share[layer]) : own);
    }
    result.best_operator = best_of(result.of_operator);
    result.served_by.resize(layers.size() + 1);
    for (const Ledger::Row& row : zone.rows) {
        result.served_by[served_count(row.key.state, layers)] += row.amount.people;
    }
    return result;
}

Service combined(ServiceState state, const Combination& combination) {
    const Service with = combination.with.empty() ? Service::served : any_of(state, combination.with);
    return both(with, negated(any_of(state, combination.without)));
}

void answer_questions(const Plan& plan, const ZoneLedger& zone, PlaceResult& place) {
    for (const Ledger::Row& row : zone.rows) place.area += row.amount.area;
    for (const Technology& technology : plan.technologies) {
        place.technologies.push_back(technology_result(plan, technology, zone));
    }
    for (const Combination& combination : plan.combinations) {
        place.combinations.push_back(
            ask(zone.rows, [&](ServiceState state) { return combined(state, combination); }));
    }
    for (const DeadZoneDefinition& definition : plan.dead_zones) {
        const Answer answer =
            ask(zone.rows, [&](ServiceState state) { return any_of(state, definition.rule.layers); });
        place.without_service.push_back(answer.unserved.people);
    }
}

/// Adds or takes away one place's sums; percentages are never averaged.
class RollUp {
public:
    RollUp(const Plan& plan, PlaceResult& sum) : sum_{sum} {
        answer_questions(plan, {{}, std::vector<Persons>(plan.study.coverage.size())}, sum_);
        for (std::size_t t = 0; t < sum_.technologies.size(); ++t) {
            sum_.technologies[t].of_operator.assign(plan.technologies[t].layers.size(), {});
        }
    }

    void add(const PlaceResult& place) {
        if (place.people) sum_.people = sum_.people.value_or(Persons{}) + *place.people;
        sum_.raster_people += place.raster_people;
        sum_.area += place.area;
        if (place.official_people) {
            sum_.official_people = sum_.official_people.value_or(0) + *place.official_people;
        }
        each(
            place, [](Answer& sum, const Answer& part) { sum.merge(part); },
            [](Persons& sum, Persons part) { sum += part; });
        for (std::size_t t = 0; t < sum_.technologies.size(); ++t) {
            TechnologyResult& technology = sum_.technologies[t];
            technology.sampling_error =
                std::hypot(technology.sampling_error, place.technologies[t].sampling_error);
        }
    }
    /// Takes away what overlapping communes hold more than once.
    void subtract(const PlaceResult& twice) {
        if (sum_.people) sum_.people = *sum_.people - twice.raster_people;
        sum_.raster_people -= twice.raster_people;
        sum_.area -= twice.area;
        each(
            twice, [](Answer& sum, const Answer& part) { sum.subtract(part); },
            [](Persons& sum, Persons part) { sum -= part; });
    }
    void finish() {
        for (TechnologyResult& technology : sum_.technologies) {
            technology.best_operator = best_of(technology.of_operator);
        }
    }

private:
    template <typename OnAnswer, typename OnPersons>
    void each(const PlaceResult& place, OnAnswer on_answer, OnPersons on_persons) {
        for (std::size_t t = 0; t < sum_.technologies.size(); ++t) {
            TechnologyResult& sum = sum_.technologies[t];
            const TechnologyResult& part = place.technologies[t];
            on_answer(sum.any_operator, part.any_operator);
            on_answer(sum.yes_no, part.yes_no);
            on_answer(sum.all_operators, part.all_operators);
            for (std::size_t i = 0; i < sum.of_operator.size(); ++i) {
                on_answer(sum.of_operator[i], part.of_operator[i]);
            }
            for (std::size_t i = 0; i < sum.served_by.size(); ++i)
                on_persons(sum.served_by[i], part.served_by[i]);
        }
        for (std::size_t i = 0; i < sum_.combinations.size(); ++i) {
            on_answer(sum_.combinations[i], place.combinations[i]);
        }
        for (std::size_t i = 0; i < sum_.without_service.size(); ++i) {
            on_persons(sum_.without_service[i], place.without_service[i]);
        }
    }

    PlaceResult& sum_;
};

std::string people_words(Persons people) {
    return std::to_string(std::llround(people.value()));
}

/// One commune's numbers, raked when the study asks for it and the raster allows it.
PlaceResult commune_result(const Plan& plan, const Partial& partial, ZoneNumber number, ZoneLedger ledger,
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
    ledger.served_by_share.resize(plan.study.coverage.size());
    place.raster_people = ledger.people();
    if (place.inside_raster > 0) place.people = place.raster_people;

    if (!plan.study.population.adjust_to.empty() && zone.official_people && place.people) {
        const Persons target = Persons::round(*zone.official_people);
        if (place.raster_people > Persons{}) {
            rake_to(ledger, target);
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
    answer_questions(plan, ledger, place);
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

    std::map<ZoneNumber, ZoneLedger> zones = by_zone(partial.ledger, plan.study.coverage.size());
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
        answer_questions(plan, twice->second, overlap);
        sum.subtract(overlap);
    }
    sum.finish();
    rank_all_dead_zones(plan, partial, result);
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
