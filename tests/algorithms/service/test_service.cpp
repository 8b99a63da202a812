#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <vector>

#include "algorithms/service/service.hpp"
#include "algorithms/service/service_rule.hpp"
#include "algorithms/service/service_state.hpp"

namespace phusong::test {
namespace {

constexpr Service all_services[] = {Service::unserved, Service::served, Service::unknown};
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// The two-valued worlds that an answer stands for.
std::vector<bool> worlds(Service service) {
    if (service == Service::unknown) return {false, true};
    return {service == Service::served};
}

/// What is certain over all worlds of both answers.
template <typename Connective>
Service over_all_worlds(Service a, Service b, Connective connective) {
    bool ever = false;
    bool always = true;
    for (const bool x : worlds(a)) {
        for (const bool y : worlds(b)) {
            ever = ever || connective(x, y);
            always = always && connective(x, y);
        }
    }
    if (always) return Service::served;
    return ever ? Service::unknown : Service::unserved;
}

}  // namespace

TEST_CASE("Unions, intersections and complements of answers say what holds in every possible world") {
    for (const Service a : all_services) {
        for (const Service b : all_services) {
            CHECK(either(a, b) == over_all_worlds(a, b, [](bool x, bool y) { return x || y; }));
            CHECK(both(a, b) == over_all_worlds(a, b, [](bool x, bool y) { return x && y; }));
        }
        CHECK(negated(a) == over_all_worlds(a, a, [](bool x, bool) { return !x; }));
    }
}

TEST_CASE("A state keeps thirty-two answers apart") {
    ServiceState state;
    for (std::size_t layer = 0; layer < ServiceState::most_layers; ++layer) {
        state = state.with(layer, all_services[layer % 3]);
    }
    for (std::size_t layer = 0; layer < ServiceState::most_layers; ++layer) {
        CHECK(state.of(layer) == all_services[layer % 3]);
    }
    CHECK(state.with(31, Service::served).with(31, Service::unserved).of(30) == state.of(30));
}

TEST_CASE("Nodata is unknown under every rule, never unserved") {
    ServiceRule rule;
    for (const auto kind : {ServiceRule::Kind::present, ServiceRule::Kind::classes, ServiceRule::Kind::signal,
                            ServiceRule::Kind::share}) {
        rule.kind = kind;
        CHECK(rule.read(nan).service == Service::unknown);
        CHECK(rule.read(nan).remark == Reading::Remark::none);
    }
}

TEST_CASE("present: non-zero is served, and values other than 0 and 1 deserve a word") {
    const ServiceRule rule;
    CHECK(rule.read(0).service == Service::unserved);
    CHECK(rule.read(1).service == Service::served);
    CHECK(rule.read(1).remark == Reading::Remark::none);
    CHECK(rule.read(255).service == Service::served);
    CHECK(rule.read(255).remark == Reading::Remark::odd);
}

TEST_CASE("present: dBm and undeclared marks of no data are no yes") {
    for (const double value : {-80.0, -9999.0, -1.0}) {
        CHECK(ServiceRule{}.read(value).service == Service::unknown);
        CHECK(ServiceRule{}.read(value).remark == Reading::Remark::invalid);
    }
}

TEST_CASE("classes: a value in neither list is invalid") {
    ServiceRule rule;
    rule.kind = ServiceRule::Kind::classes;
    rule.served = {2, 3};
    rule.unserved = {0};
    CHECK(rule.read(3).service == Service::served);
    CHECK(rule.read(0).service == Service::unserved);
    CHECK(rule.read(1).remark == Reading::Remark::invalid);
    CHECK(rule.accepts() == "served: 2, 3; unserved: 0");
}

TEST_CASE("signal: the threshold itself is served, positive dBm is invalid") {
    ServiceRule rule;
    rule.kind = ServiceRule::Kind::signal;
    rule.threshold_dbm = -110;
    CHECK(rule.read(-110).service == Service::served);
    CHECK(rule.read(-110.001).service == Service::unserved);
    CHECK(rule.read(-150).remark == Reading::Remark::none);
    CHECK(rule.read(-150.1).remark == Reading::Remark::invalid);
    CHECK(rule.read(95).remark == Reading::Remark::invalid);
}

TEST_CASE("share: half the households count as service, per cent in a fraction layer is invalid") {
    ServiceRule rule;
    rule.kind = ServiceRule::Kind::share;
    CHECK(rule.read(0.5).service == Service::served);
    CHECK(rule.read(0.499).service == Service::unserved);
    CHECK(rule.read(70).remark == Reading::Remark::invalid);
    CHECK(rule.read(-0.1).remark == Reading::Remark::invalid);
    rule.full_value = 100;
    CHECK(rule.read(70).service == Service::served);
    CHECK(rule.share_of(70) == 0.7);
}

TEST_CASE("share: the noise of averaging in floats is no value beyond the scale") {
    ServiceRule rule;
    rule.kind = ServiceRule::Kind::share;
    for (const double full : {1.0, 100.0}) {
        rule.full_value = full;
        const double above = static_cast<double>(std::nextafter(static_cast<float>(full), 1e9F));
        CHECK(rule.read(above).service == Service::served);
        CHECK(rule.read(-1e-9).service == Service::unserved);
        CHECK(rule.read(1.001 * full).remark == Reading::Remark::invalid);
        CHECK(rule.read(-0.001 * full).remark == Reading::Remark::invalid);
    }
}

}  // namespace phusong::test
