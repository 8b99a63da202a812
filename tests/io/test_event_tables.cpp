#include "io/event_tables.hpp"

#include <catch2/catch.hpp>
#include <map>

#include "engine/lost_people.hpp"
#include "engine/site_homes.hpp"
#include "io/impact_table.hpp"
#include "io/ledger_tables.hpp"
#include "io/ranking_tables.hpp"
#include "tests/engine/study_on_paper.hpp"

namespace phusong::test {
namespace {

Persons heads(double number) {
    return Persons::round(number);
}

LossSpread spread(double mean, double low, double high) {
    return {mean, 0, heads(low), heads(mean), heads(high)};
}

/// Eight cells in a row, 1 to 8 people; commune A is the western half, B the eastern. 4G of one operator
/// everywhere but in the last cell.
struct Storm {
    StudyOnPaper paper{{"12345678"}};
    EventInput event;
    EventSources sources;
    std::optional<Plan> plan;
    StudyResult result;

    Storm() {
        paper.commune("B", rectangle(4, 0, 8, 1));
        paper.commune("A", rectangle(0, 0, 4, 1));
        paper.layer("4g", "Viet", raster_of({"#######."}, "4g"));
        event.name = "storm";
        event.hours = {0, 6, 24};
        event.scenarios = 256;
    }
    SiteRecord& site(const std::string& id, double west, double east) {
        if (!sources.sites) sources.sites.emplace();
        event.sites.emplace();
        SiteRecord record;
        record.id = id;
        record.operator_name = "Viet";
        record.technologies = {"4g"};
        record.position = {(west + east) / 2, 0.5};
        record.footprint = rectangle(west, 0, east, 1);
        sources.sites->sites.push_back(record);
        return sources.sites->sites.back();
    }
    void damage(const MultiPolygon& shape, double severity) {
        event.damage.emplace_back();
        sources.damage.emplace_back();
        sources.damage.back().areas.push_back({shape, severity, {}});
    }
    void run() {
        paper.study.event = event;
        paper.sources.event = sources;
        plan.emplace(paper.plan());
        result = phusong::run(*plan, paper.sources);
    }
    [[nodiscard]] SiteHomes homes() const {
        return site_homes(*plan->event, result.event->fates, result.event->sets, plan->zones.size());
    }
    [[nodiscard]] io::Table impact() const { return io::impact_table(*plan, paper.sources, result, homes()); }
    [[nodiscard]] io::Table ranking() const {
        return io::ranking_table(*plan, paper.sources, result, homes());
    }
};

using Row = std::map<std::string, io::TableValue>;

Row row_of(const io::Table& table, std::size_t number) {
    Row row;
    REQUIRE(number < table.rows.size());
    REQUIRE(table.rows[number].size() == table.columns.size());
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        row[table.columns[i].name] = table.rows[number][i];
    }
    return row;
}

bool is_empty(const io::TableValue& value) {
    return std::holds_alternative<std::monostate>(value);
}
std::string text(const Row& row, const std::string& name) {
    return std::get<std::string>(row.at(name));
}
double real(const Row& row, const std::string& name) {
    return std::get<double>(row.at(name));
}
std::int64_t whole(const Row& row, const std::string& name) {
    return std::get<std::int64_t>(row.at(name));
}

}  // namespace

TEST_CASE("Maps and scenarios together count those lost on maps once") {
    // 10 lost on the map and in every scenario, 4 more by severity (0 to 8), 20 more by sites (15 to 30).
    const PeopleInterval dark =
        lost_people({heads(10), heads(14), heads(18)}, heads(10), spread(30, 25, 40), heads(100));
    CHECK(dark.headline == 34);
    CHECK(dark.low == 25);
    CHECK(dark.high == 48);
    CHECK(dark.by_severity == 4);
}

TEST_CASE("Nobody is in the dark twice, and the headline lies in its interval") {
    const PeopleInterval full =
        lost_people({heads(0), heads(50), heads(100)}, heads(0), spread(80, 60, 100), heads(100));
    CHECK(full.headline == 100);
    CHECK(full.high == 100);
    CHECK(full.by_severity == 20);
    // A few scenarios are so bad that the mean lies above 95 % of them.
    const PeopleInterval skewed = lost_people({}, {}, spread(5, 0, 0), heads(100));
    CHECK(skewed.low == 0);
    CHECK(skewed.headline == 5);
    CHECK(skewed.high == 5);
    // Severities are rounded down where people are raked.
    const PeopleInterval raked =
        lost_people({{}, Persons::of_units(9), Persons::of_units(9)}, Persons::of_units(10),
                    {Persons::of_units(10).value(), 0, Persons::of_units(10), Persons::of_units(10),
                     Persons::of_units(10)},
                    heads(1));
    CHECK(raked == PeopleInterval{raked.headline, raked.headline, raked.headline, 0});
    CHECK(raked.headline == Persons::of_units(10).value());
}

TEST_CASE("A site is at home where it serves most people, and nowhere where it serves nobody") {
    Storm storm;
    storm.site("both", 3, 6);  // 4 people of A, 5 + 6 of B
    storm.site("west", 0, 2);
    storm.site("none", 7, 8);  // the map says: not served
    storm.run();
    const SiteHomes homes = storm.homes();
    const auto code = [&](std::size_t site) { return storm.plan->zones[*homes.of_site[site]].code; };
    CHECK(code(0) == "B");
    CHECK(code(1) == "A");
    CHECK_FALSE(homes.of_site[2].has_value());
    for (std::size_t zone = 0; zone < 2; ++zone) {
        const bool west = storm.plan->zones[zone].code == "A";
        CHECK(homes.serving[zone] == (west ? std::vector<std::size_t>{0, 1} : std::vector<std::size_t>{0}));
    }
}

TEST_CASE("What was seen and what is left to chance has its own word") {
    Storm storm;
    storm.site("seen", 0, 4).status = Status::down;
    storm.sources.sites->sites.back().cause = OutageCause::power;
    SiteRecord& chance = storm.site("chance", 4, 7);
    chance.gust = Gust::of_metres_per_second(40);
    chance.design_gust = Gust::of_metres_per_second(32);
    storm.sources.sites->wind_known = true;
    storm.run();
    const io::Table table = storm.impact();
    REQUIRE(table.rows.size() == 6);
    const Row west = row_of(table, 0);
    CHECK(text(west, "code") == "A");
    CHECK(text(west, "basis") == "observed");
    CHECK(real(west, "people_dark") == 10);
    CHECK(real(west, "people_lost_certain") == 10);
    CHECK(real(west, "lost_by_power") == 10);
    CHECK(whole(west, "sites_out_power") == 1);
    CHECK(real(west, "people_hours") == 240);
    const Row east = row_of(table, 2);
    CHECK(text(east, "basis") == "modelled");
    CHECK(whole(east, "sites_unknown") == 1);
    CHECK(whole(east, "sites_out") == 0);
    CHECK(real(east, "unclear") == 18);
    CHECK(real(east, "sites_out_expected") > 0);
    CHECK(real(east, "sites_out_expected") < 1);
    CHECK(real(east, "people_lost") == Approx(18 * real(east, "sites_out_expected")));
    // The 8 people of the last cell never had service: in the dark, but not lost.
    CHECK(real(east, "people_dark") == Approx(8 + real(east, "people_lost")));
    CHECK(real(east, "frechet_low") <= real(east, "people_lost"));
    CHECK(real(east, "frechet_high") >= real(east, "people_lost"));
    CHECK(is_empty(row_of(table, 3).at("people_dark")));
    const Row total = row_of(table, 4);
    CHECK(text(total, "code") == "total");
    CHECK(text(total, "basis") == "observed and modelled");
    CHECK(whole(total, "sites") == 2);
    CHECK(is_empty(row_of(table, 1).at("people_hours")));
    CHECK(text(row_of(table, 1), "operator") == "Viet");
}

TEST_CASE("Sites have a row with the parts of the scenarios in which they are off, hour by hour") {
    Storm storm;
    storm.site("M1", 0, 4).power_lost_hours = 3;
    storm.sources.sites->sites.back().battery_hours = 2;
    storm.run();
    const io::ToLonLat to_lonlat{"EPSG:4326", {}};
    const io::Table table =
        io::site_outages_table(*storm.plan, storm.paper.sources, storm.result, storm.homes(), to_lonlat);
    REQUIRE(table.rows.size() == 1);
    const Row row = row_of(table, 0);
    CHECK(text(row, "id") == "M1");
    CHECK(text(row, "technologies") == "4g");
    CHECK(text(row, "commune") == "A");
    CHECK(real(row, "longitude") == 2);
    CHECK(real(row, "latitude") == 0.5);
    CHECK(real(row, "outage_0h") == 0);
    CHECK(real(row, "outage_6h") == 1);
    CHECK(real(row, "outage_24h") == 1);
    CHECK(whole(row, "scenarios") == 256);
    CHECK(whole(row, "out_power") == 256);
}

TEST_CASE("A map alone ranks communes by the severity of their damage, and others have no rank") {
    Storm storm;
    storm.damage(rectangle(5, 0, 7, 1), 0.25);  // 6 + 7 people of B
    storm.run();
    const io::Table table = storm.ranking();
    REQUIRE(table.rows.size() == 2);
    const Row first = row_of(table, 0);
    CHECK(text(first, "code") == "B");
    CHECK(whole(first, "rank") == 1);
    CHECK(real(first, "people_lost") == 3.25);
    CHECK(real(first, "people_dark") == 8 + 3.25);
    CHECK(real(first, "people_dark_high") == 8 + 3.25);
    CHECK(real(first, "people_hours") == (8 + 3.25) * 24);
    CHECK(real(first, "lost_by_unattributed") == 3.25);
    CHECK(is_empty(row_of(table, 1).at("rank")));
    CHECK(text(row_of(table, 1), "code") == "A");
    CHECK(first.count("index_people_dark") == 0);
    CHECK(table.shape_of(0) == rectangle(4, 0, 8, 1));
}

TEST_CASE("An index has the place between its goalposts, and how often a commune comes first") {
    Storm storm;
    storm.site("W", 0, 4).status = Status::down;  // 10 people of A
    storm.site("E", 4, 5).status = Status::down;  // 5 people of B, where 8 never had service
    storm.event.index = {{IndexCriterion::Kind::people_dark, 0, 20},
                         {IndexCriterion::Kind::share_dark, 0, 1},
                         {IndexCriterion::Kind::people_dark, 0, 5}};
    storm.run();
    const io::Table table = storm.ranking();
    const Row first = row_of(table, 0);
    CHECK(text(first, "code") == "A");
    CHECK(text(first, "under_floor") == "YES");
    CHECK(real(first, "index_people_dark") == 0.5);
    CHECK(real(first, "index_share_dark") == 1);
    CHECK(real(first, "index_people_dark_3") == 1);
    // A (0.5, 1, 1) beats B (0.65, 0.5, 1) where 0.5 w2 > 0.15 w1: on 10/13 of the weights.
    CHECK(real(first, "index_first_acceptability") == Approx(10.0 / 13));
    const Row second = row_of(table, 1);
    CHECK(real(second, "index_people_dark") == Approx(13.0 / 20));
    CHECK(real(second, "index_share_dark") == Approx(13.0 / 26));
    CHECK(real(second, "index_expected_rank") == Approx(23.0 / 13));
}

TEST_CASE("The ledger has a column for every layer that the event touches and names its severities") {
    Storm storm;
    storm.paper.layer("fibre", "", raster_of({"########"}, "fibre"));
    storm.damage(rectangle(4, 0, 8, 1), 1);
    storm.sources.damage.back().areas.back().technologies = {"4g"};
    storm.run();
    const io::Table ledger = io::ledger_table(*storm.plan, storm.result);
    double lost = 0;
    for (std::size_t i = 0; i < ledger.rows.size(); ++i) {
        const Row row = row_of(ledger, i);
        CHECK(row.count("fibre_after") == 0);
        if (text(row, "4g_viet") == "served" && text(row, "4g_viet_after") == "unserved")
            lost += real(row, "people");
    }
    CHECK(lost == 18);
    std::map<std::string, double> severities;
    const io::Table shares = io::ledger_shares_table(*storm.plan, storm.result);
    for (std::size_t i = 0; i < shares.rows.size(); ++i) {
        severities[text(row_of(shares, i), "layer")] += real(row_of(shares, i), "served");
    }
    CHECK(severities.at("severity_headline of mobile") == 18);
    CHECK(severities.at("severity_most of Viet") == 18);
    CHECK(severities.count("severity_headline of fibre") == 0);
}

}  // namespace phusong::test
