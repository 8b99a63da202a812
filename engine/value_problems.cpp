#include "engine/value_problems.hpp"

#include <string>

#include "algorithms/ledger/questions.hpp"
#include "engine/errors.hpp"

namespace phusong {

namespace {

void judge_people(const Plan& plan, const Partial& partial) {
    const std::string file = "population raster '" + plan.population_name + "'";
    if (partial.population.invalid.cells > 0) {
        throw InputError{
            file + " holds people that cannot be (negative, infinite or above 1e10 in a cell): " +
            partial.population.invalid.words() + "; declare such a value as nodata or correct the cells"};
    }
    const auto cells = static_cast<std::int64_t>(plan.population_grid.window().cell_count());
    if (partial.population.without_data == cells) {
        throw InputError{file + " has no data in any cell; check its nodata value"};
    }
}

/// People in communes for whom a layer's answer is unknown. @param layer of the states
Persons unknown_people(const Ledger& ledger, std::size_t layer) {
    Persons people;
    for (const Ledger::Row& row : ledger.rows()) {
        if (row.key.zone >= 0 && row.key.state.of(layer) == Service::unknown) people += row.amount.people;
    }
    return people;
}

void judge_audit(const std::string& subject, const ServiceRule& rule, const ValueAudit& audit,
                 Problems& problems) {
    if (audit.invalid.cells > 0) {
        throw InputError{subject + " holds values that its rule does not know: " + audit.invalid.words() +
                         " of the study grid; the rule accepts " + rule.accepts()};
    }
    if (audit.odd.cells > 0) {
        problems.push_back({subject, "values other than 0 and 1 count as served: " + audit.odd.words() +
                                         " of the study grid; if they mean no data, declare them so, and say "
                                         "rule = \"share\" if they are parts of households"});
    }
}

/// Fractions in a layer said to hold per cent look like a service that hardly exists.
void judge_scale(const std::string& subject, const ServiceRule& rule, std::size_t layer, const Ledger& ledger,
                 Problems& problems) {
    if (rule.kind != ServiceRule::Kind::share || !(rule.full_value > 1)) return;
    double known = 0;
    double served = 0;
    for (const Ledger::Row& row : ledger.rows()) {
        if (row.key.zone >= 0 && row.key.state.of(layer) != Service::unknown)
            known += row.amount.people.value();
    }
    for (const Ledger::ShareRow& row : ledger.share_rows()) {
        if (row.key.zone >= 0 && row.key.layer == static_cast<std::int32_t>(layer))
            served += row.served.value();
    }
    if (served > 0 && served * rule.full_value <= known) {
        problems.push_back(
            {subject,
             "its shares are so small that they may be fractions from 0 to 1; say full_value = 1 if so",
             std::nullopt});
    }
}

void judge_event(const Plan& plan, const Partial& partial, Problems& problems) {
    const EventInput& event = *plan.study.event;
    std::size_t layer = plan.study.coverage.size();
    for (const CoverageInput& after : event.after) {
        judge_audit("coverage after the event, " + after.label() + " '" + after.file.path + "'", after.rule,
                    partial.layers[layer++], problems);
    }
    for (std::size_t i = 0; i < event.damage.size(); ++i) {
        if (!plan.event->damage[i].is_raster) continue;
        const std::string subject = "damage '" + event.damage[i].file.path + "'";
        const ValueAudit& audit = partial.layers[layer++];
        if (audit.invalid.cells > 0) {
            throw InputError{subject + " holds severities that are not between 0 and 1: " +
                             audit.invalid.words() + " of the study grid"};
        }
        if (audit.without_data > 0) {
            problems.push_back({subject,
                                "has no data in " + std::to_string(audit.without_data) +
                                    " study cells: what happened there is unknown; write 0 where nothing did",
                                std::nullopt});
        }
    }
}

}  // namespace

void judge_values(const Plan& plan, const Partial& partial, Problems& problems) {
    judge_people(plan, partial);
    if (partial.raster_total == Persons{}) {
        problems.push_back({"population raster '" + plan.population_name + "'",
                            "holds nobody: every cell with data is 0 or next to it", std::nullopt});
    }
    for (std::size_t layer = 0; layer < plan.study.coverage.size(); ++layer) {
        const CoverageInput& input = plan.study.coverage[layer];
        const std::string subject = "coverage " + input.label() + " '" + input.file.path + "'";
        judge_audit(subject, input.rule, partial.layers[layer], problems);
        judge_scale(subject, input.rule, layer, partial.ledger, problems);
        const Persons unknown = unknown_people(partial.ledger, layer);
        if (unknown > Persons{}) {
            problems.push_back(
                {subject, "has no data, or ends, where people live: their service is unknown", unknown});
        }
    }
    if (plan.event) judge_event(plan, partial, problems);
}

}  // namespace phusong
