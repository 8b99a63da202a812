#include "engine/hardening.hpp"

#include <catch2/catch.hpp>

namespace phusong::test {
namespace {

Persons heads(double count) {
    return Persons::round(count);
}

/// One layer, which every site can serve.
struct Network {
    EventPlan plan;
    SharedFates fates;

    explicit Network(std::size_t sites) { plan.site_layers.assign(sites, {0}); }
    void people(ZoneNumber commune, const std::vector<SiteNumber>& sites, double count,
                Service before = Service::served) {
        fates.add({commune, ServiceState{}.with(0, before)}, sites, {heads(count), {}});
    }
    [[nodiscard]] Hardening hardening(std::size_t communes) const {
        return hardening_of(plan, fates.rows(), fates.sets(), communes);
    }
};

std::vector<SiteNumber> sites_of(const Hardening& hardening) {
    std::vector<SiteNumber> sites;
    for (const HardenedSite& site : hardening.sites) sites.push_back(site.site);
    return sites;
}

}  // namespace

TEST_CASE("Each commune gets the site by which most people keep their service") {
    Network network{4};
    network.people(0, {0}, 5);
    network.people(0, {1}, 7);
    network.people(1, {2}, 3);
    network.people(1, {3}, 2);
    const Hardening hardening = network.hardening(2);
    CHECK(sites_of(hardening) == std::vector<SiteNumber>{1, 2});
    CHECK(hardening.served == heads(17));
    CHECK(hardening.kept == heads(10));
    CHECK(hardening.bound >= heads(10));
    CHECK(hardening.sites[0].commune == 0);
    CHECK(hardening.sites[0].reach == heads(7));
}

TEST_CASE("Whom two sites would keep counts once, so the better pair is not the two largest") {
    // 0 alone reaches most of A, but 2 of B keeps the same people as well.
    Network network{4};
    network.people(0, {0, 2}, 10);
    network.people(0, {1}, 8);
    network.people(1, {2}, 11);
    network.people(1, {3}, 1);
    const Hardening hardening = network.hardening(2);
    CHECK(sites_of(hardening) == std::vector<SiteNumber>{2, 1});
    CHECK(hardening.kept == heads(29));
    CHECK(hardening.sites[0].added == heads(21));
}

TEST_CASE("A commune whose sites add nobody has one hardened all the same") {
    Network network{3};
    network.people(0, {0}, 20);
    network.people(1, {0, 1}, 4);
    network.people(1, {0, 1, 2}, 3);
    const Hardening hardening = network.hardening(3);
    CHECK(sites_of(hardening) == std::vector<SiteNumber>{0, 1});
    CHECK(hardening.sites[1].added == Persons{});
    CHECK(hardening.sites[1].reach == heads(7));
    CHECK(hardening.homeless == std::vector<std::size_t>{2});
    CHECK(hardening.gap() == 0);
}

TEST_CASE("Who had no service has none to keep") {
    Network network{2};
    network.people(0, {0}, 9, Service::unserved);
    network.people(0, {1}, 2);
    const Hardening hardening = network.hardening(1);
    CHECK(sites_of(hardening) == std::vector<SiteNumber>{1});
    CHECK(hardening.served == heads(2));
}

}  // namespace phusong::test
