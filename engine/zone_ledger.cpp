#include "engine/zone_ledger.hpp"

#include <cassert>

#include "algorithms/ledger/rake.hpp"
#include "algorithms/quantities/wide_integer.hpp"

namespace phusong {

namespace {

Persons scaled_down(Persons part, Persons target, Persons before) {
    return Persons::of_units(
        static_cast<std::int64_t>(static_cast<WideInteger>(part.units()) * target.units() / before.units()));
}

/// Splits what a row of the ledger was raked to over what it is made of.
void rake_fates(ZoneLedger& zone, std::size_t layers) {
    std::map<ServiceState, std::vector<std::size_t>> of_state;
    for (std::size_t i = 0; i < zone.fates.size(); ++i) {
        of_state[zone.fates[i].key.state.first(layers)].push_back(i);
    }
    for (const Ledger::Row& row : zone.rows) {
        const std::vector<std::size_t>& members = of_state[row.key.state];
        if (members.empty()) continue;
        std::vector<Persons> amounts;
        amounts.reserve(members.size());
        for (const std::size_t i : members) amounts.push_back(zone.fates[i].amount.people);
        const std::vector<Persons> scaled = raked(amounts, row.amount.people);
        for (std::size_t i = 0; i < members.size(); ++i) zone.fates[members[i]].amount.people = scaled[i];
    }
}

}  // namespace

Persons ZoneLedger::people() const {
    Persons sum;
    for (const Ledger::Row& row : rows) sum += row.amount.people;
    return sum;
}

void ZoneLedger::rake(Persons target, std::size_t layers) {
    const Persons before = people();
    assert(before.units() > 0);
    std::vector<Persons> amounts;
    for (const Ledger::Row& row : rows) amounts.push_back(row.amount.people);
    const std::vector<Persons> scaled = raked(amounts, target);
    for (std::size_t i = 0; i < rows.size(); ++i) rows[i].amount.people = scaled[i];
    for (Persons& served : served_by_share) served = scaled_down(served, target, before);
    for (Persons& part : severities) part = scaled_down(part, target, before);
    rake_fates(*this, layers);
}

std::map<ZoneNumber, ZoneLedger> zone_ledgers(const Plan& plan, const Partial& partial) {
    const std::size_t layers = plan.study.coverage.size();
    std::map<ZoneNumber, ZoneLedger> zones;
    for (std::size_t i = 0; i < plan.zones.size(); ++i) zones[static_cast<ZoneNumber>(i)];
    std::map<LedgerKey, LedgerAmount> before;
    for (const Ledger::Row& row : partial.ledger.rows()) {
        LedgerAmount& amount = before[{row.key.zone, row.key.state.first(layers)}];
        amount.people += row.amount.people;
        amount.area += row.amount.area;
    }
    for (const auto& [key, amount] : before) zones[key.zone].rows.push_back({key, amount});
    for (const SharedFates::Row& row : partial.fates.rows()) zones[row.key.zone].fates.push_back(row);
    for (auto& [number, zone] : zones) {
        for (std::size_t layer = 0; layer < layers; ++layer) {
            zone.served_by_share.push_back(
                partial.ledger.served_by_share({number, static_cast<std::int32_t>(layer)}));
        }
        if (!plan.event) continue;
        for (std::size_t q = 0; q < plan.event->questions.size(); ++q) {
            for (const SeverityPart part : {SeverityPart::low, SeverityPart::headline, SeverityPart::most}) {
                zone.severities.push_back(partial.ledger.served_by_share({number, severity_key(q, part)}));
            }
        }
    }
    return zones;
}

std::vector<Ledger::Row> rows_after(const ZoneLedger& zone, const ServingSets& sets, const EventPlan& event) {
    std::map<LedgerKey, LedgerAmount> after;
    for (const SharedFates::Row& row : zone.fates) {
        LedgerAmount& amount =
            after[{row.key.zone, after_sites(row.key.state, sets[row.set], event.site_alive, event)}];
        amount.people += row.amount.people;
        amount.area += row.amount.area;
    }
    std::vector<Ledger::Row> rows;
    rows.reserve(after.size());
    for (const auto& [key, amount] : after) rows.push_back({key, amount});
    return rows;
}

}  // namespace phusong
