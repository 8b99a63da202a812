#include "io/hazard_at_sites.hpp"

#include <catch2/catch.hpp>

#include "tests/io/event_on_disk.hpp"

namespace phusong::test {
namespace {

/// Sites A in cell (0, 0), B in cell (0, 1) and C outside of every raster; A and C in power zones.
class Hazards : public EventOnDisk {
public:
    Hazards() {
        table.sites.resize(3);
        table.sites[0].id = "A";
        table.sites[0].position = {105.05, 19.95};
        table.sites[0].power_zone = "Z1";
        table.sites[1].id = "B";
        table.sites[1].position = {105.15, 19.95};
        table.sites[2].id = "C";
        table.sites[2].position = {120, 19.95};
        table.sites[2].power_zone = "Z2";
        event.time = 0;
    }
    void sample() { io::sample_hazards(table, event, {"EPSG:4326", grid()}, problems); }
    std::string refused() {
        return refusal([&] { sample(); });
    }
    [[nodiscard]] const SiteRecord& site(std::size_t i) const { return table.sites[i]; }

    SiteTable table;
};

}  // namespace

TEST_CASE("Gusts are read in the cell of each site, and where there is none they stay unknown") {
    Hazards hazards;
    hazards.event.wind.emplace();
    hazards.event.wind->raster.path = hazards.add_raster("gust.tif", {30, -9999});
    hazards.sample();
    CHECK(hazards.table.wind_known);
    CHECK_FALSE(hazards.table.wind_modelled);
    CHECK(hazards.site(0).gust == std::optional{Gust::of_metres_per_second(30)});
    CHECK_FALSE(hazards.site(1).gust);
    CHECK_FALSE(hazards.site(2).gust);
    CHECK_THAT(hazards.notices(), Catch::Contains("no wind is known at 2 of 3 sites"));
}

TEST_CASE("Mean winds of a raster become inland gusts, and say so") {
    for (const auto& [averaging, factor] : {std::pair{WindInput::Averaging::one_minute, 1.49},
                                            std::pair{WindInput::Averaging::ten_minutes, 1.66}}) {
        Hazards hazards;
        hazards.event.wind.emplace();
        hazards.event.wind->raster.path = hazards.add_raster("mean.tif", {20});
        hazards.event.wind->averaging = averaging;
        hazards.sample();
        CHECK(hazards.site(0).gust->metres_per_second() == Approx(20 * factor));
        CHECK_THAT(hazards.notices(), Catch::Contains("turned into 3-s gusts"));
    }
}

TEST_CASE("A wind that can be none is refused with site and value") {
    Hazards hazards;
    hazards.event.wind.emplace();
    hazards.event.wind->raster.path = hazards.add_raster("kmh.tif", {180});
    CHECK_THAT(hazards.refused(), Catch::Contains("180 at site 'A'") && Catch::Contains("check the unit"));
}

TEST_CASE("Gusts of a track are modelled at every site, strongest near its centre") {
    Hazards hazards;
    hazards.event.wind.emplace();
    hazards.event.wind->track.path =
        hazards.add("t.csv",
                    "SID,NAME,ISO_TIME,LAT,LON,USA_WIND,USA_PRES,USA_POCI,USA_RMW\n"
                    "1,X,2025-09-28 12:00:00,19.5,105.5,70,977,1001,25\n"
                    "1,X,2025-09-28 15:00:00,19.9,105.0,70,977,1001,25\n");
    hazards.event.wind->storm = "X";
    hazards.sample();
    CHECK(hazards.table.wind_modelled);
    CHECK(hazards.site(0).gust.value() > hazards.site(2).gust.value());
    CHECK(hazards.site(0).gust->metres_per_second() < 36.02 * 0.8 * 1.49);
    CHECK(hazards.site(0).gust->metres_per_second() > 20);
    CHECK_THAT(hazards.notices(), Catch::Contains("modelled from the track"));
}

TEST_CASE("Water is read in metres, and no data is no water known") {
    Hazards hazards;
    hazards.event.flood_depth.emplace();
    hazards.event.flood_depth->path = hazards.add_raster("depth.tif", {1.5F, -9999});
    hazards.sample();
    CHECK(hazards.site(0).flood_depth_m == std::optional{1.5});
    CHECK_FALSE(hazards.site(1).flood_depth_m);
    Hazards negative;
    negative.event.flood_depth.emplace();
    negative.event.flood_depth->path = negative.add_raster("depth.tif", {-99});
    CHECK_THAT(negative.refused(), Catch::Contains("-99 at site 'A'") && Catch::Contains("nodata"));
}

TEST_CASE("Of several outages over a site the earliest loss and the latest restoration hold") {
    Hazards hazards;
    hazards.event.power.emplace_back();
    hazards.event.power[0].file.path = hazards.add(
        "out.geojson",
        geojson(square(105, 19.9, 0.2, R"("from": "1970-01-01T09:00+07:00", "to": "1970-01-01T12:00Z")") +
                "," + square(105, 19.9, 0.1, R"("from": "1", "to": "30")")));
    hazards.event.power[0].lost_field = "from";
    hazards.event.power[0].restored_field = "to";
    hazards.sample();
    CHECK(hazards.site(0).power_lost_hours == std::optional{1.0});
    CHECK(hazards.site(0).power_restored_hours == std::optional{30.0});
    CHECK(hazards.site(1).power_lost_hours == std::optional{2.0});
    CHECK(hazards.site(1).power_restored_hours == std::optional{12.0});
    CHECK_FALSE(hazards.site(2).power_lost_hours);
}

TEST_CASE("Fields that GDAL takes for times keep their zone, and without one they are refused") {
    const auto name = [](Hazards& hazards, const std::string& from) {
        hazards.event.power.resize(1);
        hazards.event.power[0].file.path =
            hazards.add("out.geojson", geojson(square(105, 19.9, 0.2, "\"from\": \"" + from + "\"")));
        hazards.event.power[0].lost_field = "from";
    };
    Hazards zoned;
    name(zoned, "1970-01-01T10:30:00+07:00");
    zoned.sample();
    CHECK(zoned.site(0).power_lost_hours == std::optional{3.5});
    Hazards zoneless;
    name(zoneless, "1970-01-01T10:30:00");
    CHECK_THAT(zoneless.refused(), Catch::Contains("feature 0") && Catch::Contains("no time zone"));
}

TEST_CASE("An outage without an end outlasts those with one, and without a begin it begins with the event") {
    Hazards hazards;
    hazards.event.power.resize(2);
    hazards.event.power[0].file.path = hazards.add("a.csv", "power_zone,lost,restored\nZ1,2,12\nZ2,,4\n");
    hazards.event.power[1].file.path = hazards.add("b.geojson", geojson(square(105, 19.9, 0.1, "")));
    hazards.sample();
    CHECK(hazards.site(0).power_lost_hours == std::optional{0.0});
    CHECK_FALSE(hazards.site(0).power_restored_hours);
    CHECK(hazards.site(2).power_lost_hours == std::optional{0.0});
    CHECK(hazards.site(2).power_restored_hours == std::optional{4.0});
    CHECK(hazards.problems.empty());
}

TEST_CASE("An outage that concerns no site is told, and one that cannot be is refused") {
    Hazards elsewhere;
    elsewhere.event.power.emplace_back();
    elsewhere.event.power[0].file.path = elsewhere.add("a.csv", "power_zone\nZ9\n");
    elsewhere.sample();
    CHECK_THAT(elsewhere.notices(), Catch::Contains("a.csv") && Catch::Contains("concerns no site"));

    const auto refused = [](const std::string& table) {
        Hazards hazards;
        hazards.event.power.emplace_back();
        hazards.event.power[0].file.path = hazards.add("a.csv", table);
        return hazards.refused();
    };
    CHECK_THAT(refused("zone\nZ1\n"), Catch::Contains("no column 'power_zone'"));
    CHECK_THAT(refused("power_zone,lost\nZ1,2025-09-29T06:00\n"),
               Catch::Contains("row 2") && Catch::Contains("no time zone"));
    CHECK_THAT(refused("power_zone,lost,restored\nZ1,5,4\n"), Catch::Contains("before it is lost"));
    CHECK_THAT(refused("power_zone\n\"\"\nZ1,\n,\n"), !Catch::Contains("missing"));
}

TEST_CASE("Inside are shells without their holes") {
    const MultiPolygon shape{
        {{{{0, 0}, {4, 0}, {4, 4}, {0, 4}, {0, 0}}, {{{1, 1}, {2, 1}, {2, 2}, {1, 2}}}}}};
    CHECK(io::inside(shape, {3, 3}));
    CHECK(io::inside(shape, {0.5, 1.5}));
    CHECK_FALSE(io::inside(shape, {1.5, 1.5}));
    CHECK_FALSE(io::inside(shape, {5, 1}));
}

}  // namespace phusong::test
