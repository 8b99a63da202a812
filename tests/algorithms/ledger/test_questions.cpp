#include "algorithms/ledger/questions.hpp"

#include <catch2/catch.hpp>
#include <vector>

namespace phusong::test {
namespace {

ServiceState state(std::vector<Service> services) {
    ServiceState out;
    for (std::size_t i = 0; i < services.size(); ++i) out = out.with(i, services[i]);
    return out;
}

Ledger::Row row(std::vector<Service> services, double people) {
    return {{0, state(std::move(services))}, {Persons::round(people), Area::round(people)}};
}

constexpr Service yes = Service::served;
constexpr Service no = Service::unserved;
constexpr Service maybe = Service::unknown;

}  // namespace

TEST_CASE("The interval of a percentage is attained by the worst and the best of all possible worlds") {
    // Two operators; every unknown is resolved both ways, and the extremes are compared with low and high.
    const std::vector<Ledger::Row> rows{row({yes, no}, 40),    row({no, no}, 20),   row({maybe, no}, 8),
                                        row({maybe, yes}, 16), row({no, maybe}, 4), row({maybe, maybe}, 12)};
    const std::vector<std::size_t> layers{0, 1};
    const Answer any = ask(rows, [&](ServiceState s) { return any_of(s, layers); });
    const Interval interval = share_of_people(any);

    double least = 1;
    double most = 0;
    const std::size_t cells = rows.size();
    for (unsigned world = 0; world < (1U << (2 * cells)); ++world) {
        double served = 0;
        double everybody = 0;
        for (std::size_t i = 0; i < cells; ++i) {
            bool any_serves = false;
            for (std::size_t layer = 0; layer < 2; ++layer) {
                const Service service = rows[i].key.state.of(layer);
                const bool resolved = ((world >> (2 * i + layer)) & 1U) != 0;
                any_serves = any_serves || service == yes || (service == maybe && resolved);
            }
            everybody += rows[i].amount.people.value();
            served += any_serves ? rows[i].amount.people.value() : 0;
        }
        least = std::min(least, served / everybody);
        most = std::max(most, served / everybody);
    }
    CHECK(interval.low == least);
    CHECK(interval.high == most);
    CHECK(least == 0.56);
    CHECK(most == 0.8);
}

TEST_CASE("served + unserved + unknown is everybody, to the unit, for every question") {
    const std::vector<Ledger::Row> rows{row({yes, no}, 1.0 / 3), row({maybe, no}, 2.0 / 7),
                                        row({no, no}, 1e6)};
    const std::vector<std::size_t> layers{0, 1};
    Persons everybody;
    for (const Ledger::Row& r : rows) everybody += r.amount.people;
    CHECK(ask(rows, [&](ServiceState s) { return any_of(s, layers); }).people() == everybody);
    CHECK(ask(rows, [&](ServiceState s) { return all_of(s, layers); }).people() == everybody);
}

TEST_CASE("The best operator serves no more than any operator, and any no more than the sum") {
    const std::vector<Ledger::Row> rows{row({yes, no, no}, 5), row({yes, yes, no}, 7),
                                        row({no, yes, yes}, 11), row({no, no, no}, 13)};
    const std::vector<std::size_t> layers{0, 1, 2};
    const Persons any = ask(rows, [&](ServiceState s) { return any_of(s, layers); }).served.people;
    Persons best;
    Persons sum;
    for (const std::size_t layer : layers) {
        const Persons own = ask(rows, [&](ServiceState s) { return s.of(layer); }).served.people;
        best = std::max(best, own);
        sum += own;
    }
    CHECK(best.value() == 18);
    CHECK(any.value() == 23);
    CHECK(sum.value() == 41);
    CHECK(served_count(rows[1].key.state, layers) == 2);
}

TEST_CASE("An operator that nobody knows of serves nobody for certain") {
    const std::vector<std::size_t> layers{0, 1, 2};
    CHECK(served_count(state({maybe, yes, no}), layers) == 1);
    CHECK(served_count(state({maybe, maybe, maybe}), layers) == 0);
}

TEST_CASE("What was merged is taken away again, of every answer, people and land") {
    const std::vector<Ledger::Row> rows{row({yes}, 3), row({no}, 5), row({maybe}, 7)};
    const std::vector<Ledger::Row> others{row({yes}, 11), row({no}, 13), row({maybe}, 17)};
    const auto own = [](ServiceState s) { return s.of(0); };
    const Answer before = ask(rows, own);
    Answer answer = before;
    answer.merge(ask(others, own));
    CHECK(answer.unknown.people == Persons::round(24));
    CHECK(answer.unknown.area == Area::round(24));
    answer.subtract(ask(others, own));
    CHECK(answer == before);
}

TEST_CASE("No layers: nobody is served by any, everybody by all") {
    CHECK(any_of({}, {}) == no);
    CHECK(all_of({}, {}) == yes);
}

}  // namespace phusong::test
