#include "engine/site_model.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <string>
#include <vector>

namespace phusong::test {
namespace {

SiteRecord site(const std::string& id, Status status, std::vector<std::string> parents = {}) {
    SiteRecord record;
    record.id = id;
    record.status = status;
    record.parents = std::move(parents);
    return record;
}

SiteRecord down(const std::string& id, OutageCause cause) {
    SiteRecord record = site(id, Status::down);
    record.cause = cause;
    return record;
}

SiteTable table_of(std::vector<SiteRecord> sites) {
    SiteTable table;
    table.sites = std::move(sites);
    return table;
}

/// In how many of the scenarios site 0 is off the air.
double part_off(const SiteTable& table, double hours, double share_with_generators = 0,
                std::uint32_t scenarios = 20000) {
    const SiteModel model{table, share_with_generators};
    const BitRows failed = model.network().failed(model.failures(model.draw(7, {0, scenarios}), hours));
    double off = 0;
    for (std::size_t i = 0; i < scenarios; ++i) off += failed.test(0, i) ? 1 : 0;
    return off / scenarios;
}

double four_errors(double probability, double draws = 20000) {
    return 4 * std::sqrt(probability * (1 - probability) / draws);
}

constexpr SiteOutcome on_air{Status::up, OutageCause::none};

}  // namespace

TEST_CASE("A site of which nobody knows anything is on the air") {
    const SiteTable table = table_of({site("a", Status::unknown)});
    CHECK(observed_outcomes(table)[0] == on_air);
    CHECK(SiteModel{table}.certain(std::vector<double>{0, 72}));
}

TEST_CASE("A site that was seen down has the cause that its record names") {
    const SiteTable table =
        table_of({down("a", OutageCause::structure), down("b", OutageCause::power),
                  down("c", OutageCause::transport), down("d", OutageCause::unattributed)});
    const std::vector<SiteOutcome> observed = observed_outcomes(table);
    CHECK(observed[0] == SiteOutcome{Status::down, OutageCause::structure});
    CHECK(observed[1] == SiteOutcome{Status::down, OutageCause::power});
    CHECK(observed[2] == SiteOutcome{Status::down, OutageCause::transport});
    CHECK(observed[3] == SiteOutcome{Status::down, OutageCause::unattributed});
}

TEST_CASE("A site that stands is lost by transport when all who carry it are down") {
    SiteTable table = table_of({down("hub", OutageCause::structure), site("a", Status::unknown, {"hub"}),
                                site("seen", Status::up, {"hub"})});
    std::vector<SiteOutcome> observed = observed_outcomes(table);
    CHECK(observed[1] == SiteOutcome{Status::down, OutageCause::transport});
    CHECK(observed[2] == on_air);  // what was seen beats what follows
    CHECK(SiteModel{table}.outcomes(6)[2] == SiteOutcome{Status::down, OutageCause::transport});
    table.sites[0].repair_hours = 24;
    CHECK(SiteModel{table}.outcomes(23)[1].alive == Status::down);
    CHECK(SiteModel{table}.outcomes(24)[1] == on_air);
}

TEST_CASE("Two sites that only carry each other are off the air") {
    const SiteTable table = table_of({site("a", Status::unknown, {"b"}), site("b", Status::unknown, {"a"})});
    CHECK(observed_outcomes(table)[0] == SiteOutcome{Status::down, OutageCause::transport});
    CHECK(part_off(table, 6) == 1);
}

TEST_CASE("Batteries of four hours keep a site on for four hours after its power was lost") {
    SiteTable table = table_of({site("a", Status::up)});
    table.sites[0].power_lost_hours = 2;
    table.sites[0].battery_hours = 4;
    const SiteModel model{table};
    CHECK(model.certain(std::vector<double>{0, 6, 12}));
    CHECK(model.outcomes(5.9)[0] == on_air);
    CHECK(model.outcomes(6)[0] == SiteOutcome{Status::down, OutageCause::power});
    table.sites[0].power_restored_hours = 30;
    CHECK(SiteModel{table}.outcomes(29)[0].alive == Status::down);
    CHECK(SiteModel{table}.outcomes(30)[0] == on_air);
    table.sites[0].generator = true;
    CHECK(SiteModel{table}.outcomes(6)[0] == on_air);
}

TEST_CASE("A site whose power was lost by then and that has no batteries was off at the event's time") {
    SiteTable table = table_of({site("a", Status::unknown)});
    table.sites[0].power_lost_hours = -1;
    table.sites[0].battery_hours = 0;
    CHECK(observed_outcomes(table)[0] == SiteOutcome{Status::down, OutageCause::power});
    CHECK(observed_outcomes(table, 0.5)[0].alive == Status::unknown);
    CHECK(observed_outcomes(table, 1)[0] == on_air);
    table.sites[0].battery_hours = 2;
    CHECK(observed_outcomes(table)[0] == on_air);
    table.sites[0].battery_hours.reset();
    CHECK(observed_outcomes(table)[0].alive == Status::unknown);
}

TEST_CASE("A site is off from the hour it went down until it is repaired") {
    SiteTable table = table_of({down("a", OutageCause::unattributed)});
    table.sites[0].since_hours = 6;
    table.sites[0].repair_hours = 24;
    CHECK(SiteModel{table}.outcomes(0)[0] == on_air);
    CHECK(SiteModel{table}.outcomes(6)[0].alive == Status::down);
    CHECK(SiteModel{table}.outcomes(24)[0] == on_air);
    CHECK(observed_outcomes(table)[0].alive == Status::down);  // somebody saw it, whenever that was
}

TEST_CASE("A site without power is on again once power is restored") {
    SiteTable table = table_of({down("a", OutageCause::power)});
    table.sites[0].power_restored_hours = 12;
    CHECK(SiteModel{table}.outcomes(11)[0] == SiteOutcome{Status::down, OutageCause::power});
    CHECK(SiteModel{table}.outcomes(12)[0] == on_air);
}

TEST_CASE("Wind leaves a site open whose status nobody knows, and one that was seen standing stands") {
    SiteTable table = table_of({site("a", Status::unknown), site("b", Status::up)});
    for (SiteRecord& record : table.sites) {
        record.gust = Gust::of_metres_per_second(50);
        record.design_gust = Gust::of_metres_per_second(40);  // median 50 m/s
        record.generator = true;
    }
    CHECK(observed_outcomes(table)[0].alive == Status::unknown);
    CHECK(SiteModel{table}.status(1, 24) == SiteStatus{});
    CHECK(part_off(table, 0) == Approx(0.5).margin(four_errors(0.5)));
    table.rules.structure = StepCurve{{{50, 1}}};
    CHECK(observed_outcomes(table)[0] == SiteOutcome{Status::down, OutageCause::structure});
    table.rules.structure = StepCurve{{{50.1, 1}}};
    CHECK(observed_outcomes(table)[0] == on_air);
}

TEST_CASE("Wind and flood are two independent ways for a structure to fail") {
    SiteTable table = table_of({site("a", Status::unknown)});
    SiteRecord& record = table.sites[0];
    record.gust = Gust::of_metres_per_second(30);
    record.generator = true;
    record.flood_depth_m = 1;
    table.rules.structure = TabulatedCurve{{{30, 0.3}}};
    table.rules.plinth = {1, 0.5};
    const double expected = 1 - 0.7 * 0.5;
    CHECK(part_off(table, 0) == Approx(expected).margin(four_errors(expected)));
    record.plinth_m = 0.9;
    CHECK(part_off(table, 0) == 1);
    record.plinth_m = 1;
    CHECK(part_off(table, 0) == Approx(0.3).margin(four_errors(0.3)));
}

TEST_CASE("Without batteries of known life a site is out as the law for autonomy says") {
    SiteTable table = table_of({site("a", Status::up)});
    table.sites[0].power_lost_hours = 0;
    for (const double hours : {2.0, 3.5, 12.0}) {
        const double expected = out_after_power_loss(hours, 0.3);
        CHECK(part_off(table, hours, 0.3) == Approx(expected).margin(four_errors(expected)));
    }
}

TEST_CASE("Batteries once empty stay empty at later hours") {
    SiteTable table = table_of({site("a", Status::unknown)});
    table.sites[0].power_lost_hours = 0;
    const SiteModel model{table};
    const SiteDraws draws = model.draw(3, {0, 1000});
    const BitRows early = model.network().failed(model.failures(draws, 3));
    const BitRows late = model.network().failed(model.failures(draws, 6));
    for (std::size_t word = 0; word < early.words(); ++word) {
        CHECK((early.row(0)[word] & ~late.row(0)[word]) == 0);
    }
    CHECK_FALSE(early == late);
}

TEST_CASE("Sites of a power zone lose the grid together, by the mean gust of the zone") {
    SiteTable table = table_of({site("a", Status::up), site("b", Status::up), site("c", Status::up)});
    for (SiteRecord& record : table.sites) {
        record.power_zone = "north";
        record.battery_hours = 0;
    }
    table.sites[0].gust = Gust::of_metres_per_second(28);
    table.sites[1].gust = Gust::of_metres_per_second(34);  // mean 31: half
    const SiteModel model{table};
    const BitRows failed = model.network().failed(model.failures(model.draw(7, {0, 20000}), 1));
    CHECK(std::ranges::equal(failed.row(0), failed.row(1)));
    CHECK(std::ranges::equal(failed.row(0), failed.row(2)));
    CHECK(part_off(table, 1) == Approx(0.5).margin(four_errors(0.5)));
    CHECK(part_off(table, 0) == 0);  // seen on the air
}

TEST_CASE("Neither the order of sites nor one site more changes the draws of a site") {
    SiteTable table = table_of({site("a", Status::unknown), site("b", Status::unknown)});
    for (SiteRecord& record : table.sites) {
        record.gust = Gust::of_metres_per_second(40);
        record.design_gust = Gust::of_metres_per_second(35);
        record.power_zone = "north";
    }
    SiteTable other = table_of({table.sites[1], site("c", Status::up), table.sites[0]});
    const auto failed = [](const SiteTable& sites) {
        const SiteModel model{sites, 0.4};
        return model.network().failed(model.failures(model.draw(11, {0, 130}), 6));
    };
    const BitRows one = failed(table);
    const BitRows two = failed(other);
    CHECK(std::ranges::equal(one.row(0), two.row(2)));
    CHECK(std::ranges::equal(one.row(1), two.row(0)));
}

}  // namespace phusong::test
