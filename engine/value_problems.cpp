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

/// People in communes for whom a layer's answer is unknown.
Persons unknown_people(const Ledger& ledger, std::size_t layer) {
    Persons people;
    for (const Ledger::Row& row : ledger.rows()) {
        if (row.key.zone >= 0 && row.key.state.of(layer) == Service::unknown) people += row.amount.people;
    }
    return people;
}

}  // namespace

void judge_values(const Plan& plan, const Partial& partial, Problems& problems) {
    judge_people(plan, partial);
    for (std::size_t layer = 0; layer < plan.study.coverage.size(); ++layer) {
        const CoverageInput& input = plan.study.coverage[layer];
        const std::string subject = "coverage " + input.label() + " '" + input.file.path + "'";
        const ValueAudit& audit = partial.layers[layer];
        if (audit.invalid.cells > 0) {
            throw InputError{subject + " holds values that its rule does not know: " + audit.invalid.words() +
                             " of the study grid; the rule accepts " + input.rule.accepts()};
        }
        if (audit.odd.cells > 0) {
            problems.push_back({subject, "values other than 0 and 1 count as served: " + audit.odd.words() +
                                             " of the study grid; if they mean no data, declare them so"});
        }
        const Persons unknown = unknown_people(partial.ledger, layer);
        if (unknown > Persons{}) {
            problems.push_back(
                {subject, "has no data, or ends, where people live: their service is unknown", unknown});
        }
    }
}

}  // namespace phusong
