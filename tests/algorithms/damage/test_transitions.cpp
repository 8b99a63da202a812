#include "algorithms/damage/transitions.hpp"

#include <array>
#include <catch2/catch.hpp>
#include <cstdint>
#include <random>

#include "tests/support/merge_laws.hpp"

namespace phusong::test {
namespace {

constexpr std::array answers = {Service::unserved, Service::served, Service::unknown};

LedgerAmount amount(double people, double square_metres = 0) {
    return {Persons::round(people), Area::round(square_metres)};
}

Transitions random_transitions(std::mt19937& random, int rows) {
    Transitions transitions;
    for (int i = 0; i < rows; ++i) {
        transitions.add(answers[random() % 3], answers[random() % 3],
                        {Persons::of_units(static_cast<std::int64_t>(random())),
                         Area::of_units(static_cast<std::int64_t>(random()))});
    }
    return transitions;
}

}  // namespace

TEST_CASE("People who lost service are those served before and surely not after") {
    Transitions transitions;
    transitions.add(Service::served, Service::unserved, amount(70, 5));
    transitions.add(Service::served, Service::served, amount(20, 3));
    transitions.add(Service::served, Service::unknown, amount(6));
    transitions.add(Service::unserved, Service::served, amount(4));
    transitions.add(Service::unknown, Service::unserved, amount(2));
    transitions.add(Service::unknown, Service::unknown, amount(1));
    CHECK(transitions.lost() == amount(70, 5));
    CHECK(transitions.gained() == amount(4));
    CHECK(transitions.unclear() == amount(8));
    CHECK(transitions.before().served == amount(96, 8));
    CHECK(transitions.after().served == amount(24, 3));
    CHECK(transitions.before().people() == transitions.after().people());
}

TEST_CASE("Before less lost plus gained plus the change in unknown is after, to the last unit") {
    std::mt19937 random{4};
    for (int round = 0; round < 100; ++round) {
        const Transitions t = random_transitions(random, 30);
        const Persons became_unclear = t.of(Service::served, Service::unknown).people;
        const Persons became_clear = t.of(Service::unknown, Service::served).people;
        CHECK(t.before().served.people - t.lost().people + t.gained().people - became_unclear +
                  became_clear ==
              t.after().served.people);
        CHECK(t.before().people() == t.after().people());
        CHECK(t.before().area() == t.after().area());
    }
}

TEST_CASE("Transitions merge as a commutative monoid and what is taken away again leaves no trace") {
    std::mt19937 random{5};
    const Transitions a = random_transitions(random, 20);
    const Transitions b = random_transitions(random, 20);
    check_merge_laws(Transitions{}, a, b, random_transitions(random, 20));
    Transitions back = a;
    back.merge(b);
    back.subtract(b);
    CHECK(back == a);
}

}  // namespace phusong::test
