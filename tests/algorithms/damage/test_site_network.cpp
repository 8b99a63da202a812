#include "algorithms/damage/site_network.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <numeric>
#include <random>
#include <string>
#include <vector>

namespace phusong::test {
namespace {

using Fault = SiteNetworkError::Fault;

constexpr SiteStatus up{};
constexpr SiteStatus fallen{Status::down, Status::up, Status::unknown};
constexpr SiteStatus without_power{Status::up, Status::down, Status::unknown};
constexpr SiteStatus not_inspected{Status::unknown, Status::up, Status::unknown};
constexpr SiteStatus seen_off{Status::up, Status::up, Status::down};
constexpr SiteStatus seen_on{Status::unknown, Status::unknown, Status::up};

constexpr SiteOutcome alive{Status::up, OutageCause::none};
constexpr SiteOutcome nobody_knows{Status::unknown, OutageCause::none};

SiteOutcome dead(OutageCause cause) {
    return {Status::down, cause};
}

/// One letter a site: '#' fails, anything else works.
void fail(BitRows& rows, std::size_t scenario, const std::string& drawn) {
    for (std::size_t row = 0; row < drawn.size(); ++row) {
        if (drawn[row] == '#') rows.set(row, scenario);
    }
}

NetworkFailures nothing_fails(const SiteNetwork& network, std::size_t scenarios) {
    return {{network.size(), scenarios}, {network.size(), scenarios}, {network.links().size(), scenarios}};
}

std::string drawn(const BitRows& failed, std::size_t scenario) {
    std::string text;
    for (std::size_t site = 0; site < failed.rows(); ++site) text += failed.test(site, scenario) ? '#' : '.';
    return text;
}

Fault fault_of(const std::vector<Site>& sites, const std::string& name) {
    try {
        const SiteNetwork network{sites};
    } catch (const SiteNetworkError& error) {
        CHECK(error.site() == name);
        CHECK_THAT(error.what(), Catch::Contains("'" + name + "'"));
        return error.fault();
    }
    FAIL("accepted");
    return Fault::no_id;
}

/// Sites with random parents, rings and dead ends included.
std::vector<Site> random_sites(std::mt19937& random, std::size_t count) {
    std::vector<Site> sites(count);
    for (std::size_t i = 0; i < count; ++i) sites[i].id = "site " + std::to_string(i);
    for (std::size_t i = 0; i < count; ++i) {
        for (std::size_t k = random() % 3; k > 0; --k) {
            const std::string& parent = sites[random() % count].id;
            if (parent != sites[i].id && std::ranges::count(sites[i].parents, parent) == 0) {
                sites[i].parents.push_back(parent);
            }
        }
    }
    return sites;
}

/// Walks from every root that lives over links and sites that work: who is reached lives.
std::string reached(const SiteNetwork& network, const NetworkFailures& failures, std::size_t scenario) {
    std::string text(network.size(), '#');
    const auto stands = [&](std::size_t site) {
        return !failures.structure.test(site, scenario) && !failures.power.test(site, scenario);
    };
    for (std::size_t site = 0; site < network.size(); ++site) {
        const bool root = std::none_of(network.links().begin(), network.links().end(), [&](const auto& link) {
            return static_cast<std::size_t>(link.child) == site;
        });
        if (root && stands(site)) text[site] = '.';
    }
    for (bool changed = true; changed;) {
        changed = false;
        for (std::size_t link = 0; link < network.links().size(); ++link) {
            const auto child = static_cast<std::size_t>(network.links()[link].child);
            const auto parent = static_cast<std::size_t>(network.links()[link].parent);
            if (text[child] == '.' || text[parent] == '#' || !stands(child)) continue;
            if (failures.links.test(link, scenario)) continue;
            text[child] = '.';
            changed = true;
        }
    }
    return text;
}

}  // namespace

TEST_CASE("A site dies with its only parent, and lives while one of two parents carries it") {
    //        hub
    //       /   \      .
    //   mast     ridge
    //       \   /   \  .
    //       valley   pass
    const SiteNetwork network{std::vector<Site>{{"hub", {}},
                                                {"mast", {"hub"}},
                                                {"ridge", {"hub"}},
                                                {"valley", {"mast", "ridge"}},
                                                {"pass", {"ridge"}}}};
    NetworkFailures failures = nothing_fails(network, 6);
    fail(failures.structure, 1, "..#..");  // the ridge falls
    fail(failures.power, 2, ".##..");      // mast and ridge without power
    fail(failures.structure, 3, "#....");  // the hub falls
    fail(failures.links, 4, "...#.");      // links in order: mast-hub, ridge-hub, valley-mast, valley-ridge
    fail(failures.links, 5, "..##.");
    const BitRows failed = network.failed(failures);
    CHECK(drawn(failed, 0) == ".....");
    CHECK(drawn(failed, 1) == "..#.#");
    CHECK(drawn(failed, 2) == ".####");
    CHECK(drawn(failed, 3) == "#####");
    CHECK(drawn(failed, 4) == ".....");
    CHECK(drawn(failed, 5) == "...#.");
    CHECK(network.rings().empty());
    CHECK(network.links()[3] == SiteNetwork::Link{3, 2});

    const std::vector<OutageCounts> causes = count_causes(network.causes(failures, failed));
    CHECK(causes[0] == OutageCounts{1, 0, 0});
    CHECK(causes[1] == OutageCounts{0, 1, 1});
    CHECK(causes[2] == OutageCounts{1, 1, 1});
    CHECK(causes[3] == OutageCounts{0, 0, 3});
    CHECK(causes[4] == OutageCounts{0, 0, 3});
}

TEST_CASE("What was seen decides scenarios, and names the cause where nothing else does") {
    const SiteNetwork network{
        std::vector<Site>{{"hub", {}}, {"mast", {"hub"}}, {"silent", {"hub"}}, {"cut", {"hub"}}}};
    NetworkFailures failures = nothing_fails(network, 4);
    failures.seen_on = failures.seen_cut = failures.seen_silent = BitRows{4, 4};
    fail(failures.structure, 0, "##..");
    fail(failures.seen_on, 0, ".#..");  // the mast is on the air whatever it and the hub do
    fail(failures.structure, 1, "#...");
    fail(failures.seen_on, 1, ".#..");
    fail(failures.structure, 2, ".#..");
    for (const std::size_t scenario : {0U, 1U, 2U, 3U}) fail(failures.seen_silent, scenario, "..#.");
    for (const std::size_t scenario : {2U, 3U}) fail(failures.seen_cut, scenario, "...#");
    const BitRows failed = network.failed(failures);
    CHECK(drawn(failed, 0) == "#.##");
    CHECK(drawn(failed, 1) == "#.##");
    CHECK(drawn(failed, 2) == ".###");
    CHECK(drawn(failed, 3) == "..##");
    const OutageRows causes = network.causes(failures, failed);
    CHECK(drawn(causes.structure, 0) == "#...");
    CHECK(drawn(causes.structure, 2) == ".#..");
    CHECK(drawn(causes.transport, 0) == "..##");  // without the hub: that explains the silence
    CHECK(drawn(causes.transport, 2) == "...#");
    CHECK(drawn(causes.unattributed, 2) == "..#.");
    CHECK(count_causes(causes)[2] == OutageCounts{0, 0, 2, 2});
}

TEST_CASE("A ring lives from whichever side its root is reached, and is dead without one") {
    // core - a - b - c - core, each carrying both ways, and two sites that only carry each other
    const SiteNetwork network{std::vector<Site>{{"core", {}},
                                                {"a", {"core", "b"}},
                                                {"b", {"a", "c"}},
                                                {"c", {"b", "core"}},
                                                {"x", {"y"}},
                                                {"y", {"x"}},
                                                {"below x", {"x"}}}};
    CHECK(network.rings() == std::vector<BackhaulRing>{{{1, 2, 3}, true}, {{4, 5}, false}});
    NetworkFailures failures = nothing_fails(network, 4);
    fail(failures.structure, 1, ".#.....");
    fail(failures.structure, 2, ".#.#...");
    fail(failures.power, 3, "#......");
    const BitRows failed = network.failed(failures);
    CHECK(drawn(failed, 0) == "....###");
    CHECK(drawn(failed, 1) == ".#..###");
    CHECK(drawn(failed, 2) == ".######");
    CHECK(drawn(failed, 3) == "#######");
}

TEST_CASE("An outage is put down to structure before power, power before transport") {
    const SiteNetwork network{std::vector<Site>{{"hub", {}}, {"far", {"hub"}}}};
    const SiteStatus fallen_and_dark{Status::down, Status::down, Status::down};
    const auto far = [&](SiteStatus hub, SiteStatus status) {
        return network.outcomes(std::vector<SiteStatus>{hub, status})[1];
    };
    CHECK(far(up, up) == alive);
    CHECK(far(fallen, fallen_and_dark) == dead(OutageCause::structure));
    CHECK(far(fallen, without_power) == dead(OutageCause::power));
    CHECK(far(fallen, up) == dead(OutageCause::transport));
    CHECK(far(up, seen_off) == dead(OutageCause::unattributed));
    CHECK(far(fallen, seen_off) == dead(OutageCause::transport));
    CHECK(network.outcomes(std::vector<SiteStatus>{up, up}, std::vector<Status>{Status::down})[1] ==
          dead(OutageCause::transport));
}

TEST_CASE("What nobody knows stays unknown unless it makes no difference") {
    const SiteNetwork network{
        std::vector<Site>{{"west", {}}, {"east", {}}, {"both", {"west", "east"}}, {"one", {"west"}}}};
    const std::vector<SiteOutcome> outcomes =
        network.outcomes(std::vector<SiteStatus>{not_inspected, up, up, up});
    CHECK(outcomes == std::vector<SiteOutcome>{nobody_knows, alive, alive, nobody_knows});
    const SiteStatus uninspected_without_power{Status::unknown, Status::down, Status::unknown};
    CHECK(network.outcomes(std::vector<SiteStatus>{uninspected_without_power, up, up, not_inspected}) ==
          std::vector<SiteOutcome>{dead(OutageCause::power), alive, alive, dead(OutageCause::transport)});
    CHECK(network.outcomes(std::vector<SiteStatus>{up, up, up, up},
                           std::vector<Status>{Status::unknown, Status::up, Status::unknown})[3] ==
          nobody_knows);
}

TEST_CASE("A site that is seen on the air is alive, and carries others, whatever a model says") {
    const SiteNetwork network{std::vector<Site>{{"hub", {}}, {"relay", {"hub"}}, {"far", {"relay"}}}};
    CHECK(network.outcomes(std::vector<SiteStatus>{fallen, seen_on, up}) ==
          std::vector<SiteOutcome>{dead(OutageCause::structure), alive, alive});
    CHECK(network.outcomes(std::vector<SiteStatus>{up, seen_off, up})[2] == dead(OutageCause::transport));
}

TEST_CASE("A list of sites that is no network is refused by the name of the site") {
    CHECK(fault_of({{"A", {}}, {"B", {"C"}}}, "B") == Fault::unknown_parent);
    CHECK(fault_of({{"A", {}}, {"B", {"A"}}, {"A", {}}}, "A") == Fault::duplicate_id);
    CHECK(fault_of({{"A", {}}, {"B", {"A", "B"}}}, "B") == Fault::own_parent);
    CHECK(fault_of({{"A", {}}, {"B", {"A", "A"}}}, "B") == Fault::repeated_parent);
    CHECK(fault_of({{"A", {}}, {"B", {}}, {"C", {}}, {"D", {"A", "B", "C"}}}, "D") ==
          Fault::too_many_parents);
    CHECK_THROWS_AS((SiteNetwork{std::vector<Site>{{"A", {}}, {"", {}}}}), SiteNetworkError);
}

TEST_CASE("Sites live exactly where a walk from the roots reaches them, in networks drawn at random") {
    std::mt19937 random{5};
    for (int round = 0; round < 40; ++round) {
        const std::size_t count = 1 + random() % 30;
        const std::vector<Site> sites = random_sites(random, count);
        const SiteNetwork network{sites};
        // More than a word of scenarios, and no whole number of words.
        const std::size_t scenarios = 70;
        NetworkFailures failures = nothing_fails(network, scenarios);
        for (BitRows* rows : {&failures.structure, &failures.power, &failures.links}) {
            for (std::size_t row = 0; row < rows->rows(); ++row) {
                for (std::size_t scenario = 0; scenario < scenarios; ++scenario) {
                    if (random() % 6 == 0) rows->set(row, scenario);
                }
            }
        }
        const BitRows failed = network.failed(failures);
        for (std::size_t scenario = 0; scenario < scenarios; ++scenario) {
            REQUIRE(drawn(failed, scenario) == reached(network, failures, scenario));
        }
        for (std::size_t site = 0; site < count; ++site) {
            CHECK((failed.row(site).back() & ~failed.used(failed.words() - 1)) == 0);
        }
    }
}

TEST_CASE("The order in which sites are listed changes no outcome") {
    std::mt19937 random{6};
    for (int round = 0; round < 20; ++round) {
        const std::vector<Site> sites = random_sites(random, 20);
        const SiteNetwork network{sites};
        const std::vector<SiteStatus> kinds = {up, up, up, fallen, without_power, not_inspected, seen_off};
        std::vector<SiteStatus> statuses;
        for (std::size_t i = 0; i < sites.size(); ++i) statuses.push_back(kinds[random() % kinds.size()]);
        const std::vector<SiteOutcome> outcomes = network.outcomes(statuses);

        std::vector<std::size_t> order(sites.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::shuffle(order.begin(), order.end(), random);
        std::vector<Site> listed;
        std::vector<SiteStatus> known;
        for (const std::size_t i : order) {
            listed.push_back(sites[i]);
            known.push_back(statuses[i]);
        }
        const std::vector<SiteOutcome> again = SiteNetwork{listed}.outcomes(known);
        for (std::size_t i = 0; i < order.size(); ++i) CHECK(again[i] == outcomes[order[i]]);
    }
}

TEST_CASE("A chain of a hundred thousand sites is followed to its end") {
    std::vector<Site> sites = {{"0", {}}};
    for (int i = 1; i < 100000; ++i) sites.push_back({std::to_string(i), {std::to_string(i - 1)}});
    const SiteNetwork network{sites};
    std::vector<SiteStatus> statuses(sites.size());
    statuses[1] = without_power;
    CHECK(network.outcomes(statuses).back() == dead(OutageCause::transport));
}

}  // namespace phusong::test
