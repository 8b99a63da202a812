#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "algorithms/support/bit_rows.hpp"
#include "engine/event.hpp"
#include "engine/loss_groups.hpp"

namespace phusong {

/// Amounts by place (communes, and behind them everybody once) and scenario.
template <typename Amount>
class ScenarioTable {
public:
    ScenarioTable() = default;
    ScenarioTable(std::size_t places, std::size_t scenarios)
        : places_{places}, scenarios_{scenarios}, amounts_(places * scenarios) {}

    [[nodiscard]] std::size_t places() const { return places_; }
    [[nodiscard]] std::size_t scenarios() const { return scenarios_; }
    [[nodiscard]] std::span<Amount> row(std::size_t place) {
        return std::span{amounts_}.subspan(place * scenarios_, scenarios_);
    }
    [[nodiscard]] std::span<const Amount> row(std::size_t place) const {
        return std::span{amounts_}.subspan(place * scenarios_, scenarios_);
    }

private:
    std::size_t places_ = 0;
    std::size_t scenarios_ = 0;
    std::vector<Amount> amounts_;
};

using PersonsTable = ScenarioTable<Persons>;

/// People who lost what a question asks for, by place and scenario. Exact; a group of which some site never
/// fails costs nothing. @param failed a row a site and a bit a scenario @throws QuantityOverflow
[[nodiscard]] PersonsTable losses_of(const LossGroups& groups, const BitRows& failed);

/// People who would keep service if networks served each other's customers: over operators, their part of all
/// customers x people who had that operator, lost it, and surely have another one. Rounded once for a place
/// and scenario.
/// @param rows see `outlook_of` @param zones how many communes there are @throws QuantityOverflow
[[nodiscard]] PersonsTable roaming_dividends(const EventInput& event, const EventPlan& plan,
                                             std::span<const SharedFates::Row> rows, const ServingSets& sets,
                                             std::size_t zones, const BitRows& failed);

/// Part of all customers that each question's operator has, 0 for questions of another kind: as the event
/// says by name, else as many with each.
[[nodiscard]] std::vector<double> customer_parts(const EventInput& event, const EventPlan& plan);

}  // namespace phusong
