#pragma once

#include <functional>
#include <span>

#include "algorithms/ledger/ledger.hpp"
#include "algorithms/service/service.hpp"
#include "algorithms/service/service_state.hpp"

namespace phusong {

/// People and land by one three-valued answer. served + unserved + unknown is everybody, exactly.
struct Answer {
    LedgerAmount served;
    LedgerAmount unserved;
    LedgerAmount unknown;

    void add(Service service, const LedgerAmount& amount);
    void merge(const Answer& other);
    void subtract(const Answer& other);
    [[nodiscard]] Persons people() const { return served.people + unserved.people + unknown.people; }
    [[nodiscard]] Area area() const { return served.area + unserved.area + unknown.area; }

    friend bool operator==(const Answer&, const Answer&) = default;
};

/// A percentage with what is not known about it.
/// @pre the denominator is not zero
struct Interval {
    double low = 0;   ///< served / all
    double high = 0;  ///< (served + unknown) / all
};
[[nodiscard]] Interval share_of_people(const Answer& answer);
[[nodiscard]] Interval share_of_area(const Answer& answer);

/// A yes/no/unknown question about a place.
using Question = std::function<Service(ServiceState)>;

/// Puts a question to the rows of one zone, or of several.
[[nodiscard]] Answer ask(std::span<const Ledger::Row> rows, const Question& question);

/// Whether any of the layers serves (Kleene's union). With no layers: unserved.
[[nodiscard]] Service any_of(ServiceState state, std::span<const std::size_t> layers);
/// Whether every one of the layers serves. With no layers: served.
[[nodiscard]] Service all_of(ServiceState state, std::span<const std::size_t> layers);
/// How many of the layers serve for certain.
[[nodiscard]] std::size_t served_count(ServiceState state, std::span<const std::size_t> layers);

}  // namespace phusong
