#include "engine/place_answers.hpp"

#include <algorithm>
#include <cmath>

namespace phusong {

namespace {

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

}  // namespace

void answer_questions(const Plan& plan, const ZoneLedger& zone, std::span<const Ledger::Row> after,
                      PlaceResult& place) {
    for (const Ledger::Row& row : zone.rows) place.area += row.amount.area;
    for (const Technology& technology : plan.technologies) {
        place.technologies.push_back(technology_result(plan, technology, zone));
    }
    for (const Combination& combination : plan.combinations) {
        place.combinations.push_back(
            ask(zone.rows, [&](ServiceState state) { return combined(state, combination); }));
    }
    for (const DeadZoneDefinition& definition : plan.dead_zones) {
        const PatchRule& rule = definition.rule;
        Persons without;
        for (const Ledger::Row& row : rule.of_an_event() ? after : std::span{zone.rows}) {
            if (rule.misses(row.key.state)) without += row.amount.people;
        }
        place.without_service.push_back(without);
    }
}

RollUp::RollUp(const Plan& plan, PlaceResult& sum) : sum_{sum} {
    answer_questions(plan, {{}, std::vector<Persons>(plan.study.coverage.size()), {}, {}}, {}, sum_);
    for (std::size_t t = 0; t < sum_.technologies.size(); ++t) {
        sum_.technologies[t].of_operator.assign(plan.technologies[t].layers.size(), {});
    }
}

template <typename OnAnswer, typename OnPersons>
void RollUp::each(const PlaceResult& place, OnAnswer on_answer, OnPersons on_persons) {
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

void RollUp::add(const PlaceResult& place) {
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

void RollUp::subtract(const PlaceResult& twice) {
    if (sum_.people) sum_.people = *sum_.people - twice.raster_people;
    sum_.raster_people -= twice.raster_people;
    sum_.area -= twice.area;
    each(
        twice, [](Answer& sum, const Answer& part) { sum.subtract(part); },
        [](Persons& sum, Persons part) { sum -= part; });
}

void RollUp::finish() {
    for (TechnologyResult& technology : sum_.technologies) {
        technology.best_operator = best_of(technology.of_operator);
    }
}

}  // namespace phusong
