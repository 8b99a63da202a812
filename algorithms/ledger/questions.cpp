#include "algorithms/ledger/questions.hpp"

namespace phusong {

namespace {

void add_to(LedgerAmount& sum, const LedgerAmount& amount) {
    sum.people += amount.people;
    sum.area += amount.area;
}

void take_from(LedgerAmount& sum, const LedgerAmount& amount) {
    sum.people -= amount.people;
    sum.area -= amount.area;
}

}  // namespace

void Answer::add(Service service, const LedgerAmount& amount) {
    switch (service) {
        case Service::served:
            add_to(served, amount);
            return;
        case Service::unserved:
            add_to(unserved, amount);
            return;
        case Service::unknown:
            add_to(unknown, amount);
            return;
    }
}

void Answer::merge(const Answer& other) {
    add_to(served, other.served);
    add_to(unserved, other.unserved);
    add_to(unknown, other.unknown);
}

void Answer::subtract(const Answer& other) {
    take_from(served, other.served);
    take_from(unserved, other.unserved);
    take_from(unknown, other.unknown);
}

Interval share_of_people(const Answer& answer) {
    const Persons all = answer.people();
    return {answer.served.people / all, (answer.served.people + answer.unknown.people) / all};
}

Interval share_of_area(const Answer& answer) {
    const Area all = answer.area();
    return {answer.served.area / all, (answer.served.area + answer.unknown.area) / all};
}

Answer ask(std::span<const Ledger::Row> rows, const Question& question) {
    Answer answer;
    for (const Ledger::Row& row : rows) answer.add(question(row.key.state), row.amount);
    return answer;
}

Service any_of(ServiceState state, std::span<const std::size_t> layers) {
    Service any = Service::unserved;
    for (const std::size_t layer : layers) any = either(any, state.of(layer));
    return any;
}

Service all_of(ServiceState state, std::span<const std::size_t> layers) {
    Service all = Service::served;
    for (const std::size_t layer : layers) all = both(all, state.of(layer));
    return all;
}

std::size_t served_count(ServiceState state, std::span<const std::size_t> layers) {
    std::size_t count = 0;
    for (const std::size_t layer : layers) count += state.of(layer) == Service::served ? 1U : 0U;
    return count;
}

}  // namespace phusong
