#include "engine/event_plan.hpp"

#include <array>
#include <catch2/catch.hpp>
#include <vector>

namespace phusong::test {
namespace {

using Sites = std::vector<SiteNumber>;

/// Layers 0 "4g a" and 1 "4g b", after the event 3 and 4; layer 2 is fibre, which nothing touches. Site 0 is
/// of operator a, site 1 of b, site 2 of both.
EventPlan two_operators() {
    EventPlan event;
    event.after_layer = {3, 4, std::nullopt};
    event.site_layers = {{0}, {1}, {0, 1}};
    return event;
}

ServiceState state_of(const std::array<Service, 5>& answers) {
    ServiceState state;
    for (std::size_t layer = 0; layer < answers.size(); ++layer) state = state.with(layer, answers[layer]);
    return state;
}

constexpr Service yes = Service::served;
constexpr Service no = Service::unserved;
constexpr Service who_knows = Service::unknown;

const ServiceState all_served = state_of({yes, yes, yes, yes, yes});

}  // namespace

TEST_CASE("After the event each layer is asked where its answers after the event are") {
    const EventPlan event = two_operators();
    const std::vector<std::size_t> mobile = {0, 1};
    const std::vector<std::size_t> with_fibre = {0, 1, 2};
    const ServiceState state = state_of({yes, yes, yes, no, no});
    CHECK(any_of_after(state, mobile, event) == no);
    CHECK(any_of_after(state, with_fibre, event) == yes);
    CHECK(any_of_after(state_of({no, no, no, no, who_knows}), mobile, event) == who_knows);
    CHECK(any_of_after(state, {}, event) == no);
}

TEST_CASE("A layer loses its service where all sites that can give it are off") {
    const std::vector<Status> alive = {Status::down, Status::up, Status::down};
    const ServiceState after = after_sites(all_served, Sites{0, 1, 2}, alive, two_operators());
    CHECK(after == state_of({yes, yes, yes, no, yes}));
}

TEST_CASE("An answer is unknown where nobody knows of the last site that may be on") {
    const std::vector<Status> alive = {Status::down, Status::down, Status::unknown};
    const ServiceState after = after_sites(all_served, Sites{0, 1, 2}, alive, two_operators());
    CHECK(after == state_of({yes, yes, yes, who_knows, who_knows}));
}

TEST_CASE("Where no site in reach can give a layer its map stands") {
    const std::vector<Status> alive = {Status::down, Status::down, Status::down};
    CHECK(after_sites(all_served, Sites{0}, alive, two_operators()) == state_of({yes, yes, yes, no, yes}));
    CHECK(after_sites(all_served, {}, alive, two_operators()) == all_served);
}

TEST_CASE("Sites give nothing that was not there before and nothing that the map took") {
    const std::vector<Status> alive = {Status::up, Status::unknown, Status::down};
    const ServiceState by_maps = state_of({yes, no, yes, no, yes});
    CHECK(after_sites(by_maps, Sites{0, 1}, alive, two_operators()) == by_maps);
    const ServiceState lost = state_of({yes, yes, yes, no, no});
    CHECK(after_sites(lost, Sites{0, 1}, alive, two_operators()) == lost);
}

}  // namespace phusong::test
