#include "io/ledger_tables.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "engine/event_pass.hpp"
#include "io/result_tables.hpp"
#include "io/row_builder.hpp"

namespace phusong::io {

namespace {

const char* answer_word(Service service) {
    switch (service) {
        case Service::served:
            return "served";
        case Service::unserved:
            return "unserved";
        case Service::unknown:
            return "unknown";
    }
    return "";
}

std::string zone_word(const Plan& plan, ZoneNumber zone) {
    if (zone == outside_every_zone) return "outside";
    if (zone == counted_twice) return "counted_twice";
    return plan.zones[static_cast<std::size_t>(zone)].code;
}

const char* booking_word(ZoneNumber zone) {
    return zone >= 0 ? "commune" : zone == counted_twice ? "twice" : "outside";
}

/// One row an entry, by commune code and then state: the order of the file does not show how zones were
/// numbered inside. @param put_rest adds what follows the commune
template <typename Entry, typename PutRest>
Table table_of_entries(const Plan& plan, const std::string& name, const std::string& description,
                       std::vector<Entry> entries, const PutRest& put_rest) {
    std::stable_sort(entries.begin(), entries.end(), [&](const Entry& a, const Entry& b) {
        const auto key = [&](const Entry& entry) {
            return std::pair{entry.key.zone >= 0 ? 0 : -entry.key.zone, zone_word(plan, entry.key.zone)};
        };
        return key(a) < key(b);
    });
    Table table;
    table.name = name;
    table.description = description;
    RowBuilder row{table};
    for (const Entry& entry : entries) {
        row.next_row();
        row.text("zone", zone_word(plan, entry.key.zone));
        row.text("booking", booking_word(entry.key.zone));
        put_rest(row, entry);
    }
    return table;
}

/// What one entry of people x share is about: a layer, or what damage takes away from a question.
std::string share_word(const Plan& plan, std::int32_t key) {
    const auto number = static_cast<std::size_t>(key);
    if (number < ServiceState::most_layers || !plan.event) return plan.study.coverage[number].label();
    constexpr std::array parts{"severity_low", "severity_headline", "severity_most"};
    static_assert(parts.size() == severity_parts);
    const std::size_t entry = number - ServiceState::most_layers;
    return std::string{parts[entry % severity_parts]} + " of " +
           plan.event->questions[entry / severity_parts].name;
}

void put_answers(RowBuilder& row, const Plan& plan, ServiceState state) {
    const std::vector<CoverageInput>& coverage = plan.study.coverage;
    for (std::size_t layer = 0; layer < coverage.size(); ++layer) {
        row.text(column_word(coverage[layer].label()), answer_word(state.of(layer)));
    }
    if (!plan.event) return;
    for (std::size_t layer = 0; layer < coverage.size(); ++layer) {
        if (!plan.event->after_layer[layer]) continue;
        row.text(column_word(coverage[layer].label()) + "_after",
                 answer_word(state.of(plan.event->after(layer))));
    }
}

}  // namespace

Table ledger_table(const Plan& plan, const StudyResult& result) {
    return table_of_entries(plan, "ledger",
                            "People and land by commune and by the answers of all layers, before raking",
                            result.ledger.rows(), [&](RowBuilder& row, const Ledger::Row& entry) {
                                put_answers(row, plan, entry.key.state);
                                row.integer("people_units", entry.amount.people.units());
                                row.real("people", entry.amount.people.value());
                                row.integer("area_units", entry.amount.area.units());
                                row.real("area_km2", square_kilometres(entry.amount.area));
                            });
}

Table ledger_shares_table(const Plan& plan, const StudyResult& result) {
    return table_of_entries(plan, "ledger_shares",
                            "People x share of the layers that tell parts of households, before raking",
                            result.ledger.share_rows(), [&](RowBuilder& row, const Ledger::ShareRow& entry) {
                                row.text("layer", share_word(plan, entry.key.layer));
                                row.integer("served_units", entry.served.units());
                                row.real("served", entry.served.value());
                            });
}

}  // namespace phusong::io
