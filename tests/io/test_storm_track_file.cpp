#include "io/text/storm_track_file.hpp"

#include <catch2/catch.hpp>

#include "tests/io/event_on_disk.hpp"

namespace phusong::test {
namespace {

const std::string head = "SID,SEASON,NAME,ISO_TIME,LAT,LON,USA_WIND,USA_PRES,USA_POCI,USA_RMW\n";
const std::string units = " ,Year, , ,degrees_north,degrees_east,kts,mb,mb,nmile\n";
const std::string two_fixes =
    "2025A,2025,BUALOI,2025-09-28 12:00:00,17.7,107.1,70,977,1001,30\n"
    "2025A,2025,BUALOI,2025-09-28 15:00:00,18.0,106.6,75,974,1002,\n";

class Track : public EventOnDisk {
public:
    explicit Track(const std::string& text) {
        wind.track.path = add("ibtracs.csv", text);
        wind.storm = "Bualoi";
        wind.radius_of_maximum_km = 40;
    }
    std::vector<StormFix> fixes() {
        problems.clear();
        return io::read_storm_fixes(wind, problems);
    }
    std::string refused() {
        return refusal([&] { static_cast<void>(io::read_storm_track(wind, problems)); });
    }

    WindInput wind;
};

}  // namespace

TEST_CASE("A storm is found by name or SID, with or without the row of units") {
    for (const std::string& text : {head + two_fixes, head + units + two_fixes}) {
        Track track{text};
        const std::vector<StormFix> fixes = track.fixes();
        REQUIRE(fixes.size() == 2);
        CHECK(fixes[0].hours == 0);
        CHECK(fixes[1].hours == 3);
        CHECK(fixes[0].centre == Point{107.1, 17.7});
        CHECK(fixes[0].maximum_wind.metres_per_second() == Approx(36.0111).epsilon(1e-5));
        CHECK(fixes[0].maximum_wind.averaging() == Averaging::one_minute);
        CHECK(fixes[0].central_hpa == 977);
        CHECK(fixes[0].environment_hpa == 1001);
        CHECK(fixes[0].radius_of_maximum_km == std::optional{55.56});
        CHECK_FALSE(fixes[1].radius_of_maximum_km);
        CHECK(track.problems.empty());
        track.wind.storm = "2025A";
        CHECK(track.fixes().size() == 2);
    }
}

TEST_CASE("Fixes without wind or pressure are left out and counted") {
    Track track{head + two_fixes + "2025A,2025,BUALOI,2025-09-28 18:00:00,18.2,106.2,,970,1002,15\n" +
                "2025A,2025,BUALOI,2025-09-28 21:00:00,18.2,106.2,80,,1002,15\n"};
    CHECK(track.fixes().size() == 2);
    CHECK_THAT(track.notices(), Catch::Contains("2 fix(es) without wind or pressure are left out"));
}

TEST_CASE("No storm, several storms, no radius and disorder are refused") {
    Track none{head + two_fixes};
    none.wind.storm = "Yagi";
    CHECK_THAT(none.refused(), Catch::Contains("no storm 'Yagi'") && Catch::Contains("BUALOI"));
    Track several{head + two_fixes + "2019B,2019,BUALOI,2019-10-19 00:00:00,10,150,50,990,1005,20\n"};
    CHECK_THAT(several.refused(), Catch::Contains("2019B, 2025A"));
    Track radius{head + two_fixes};
    radius.wind.radius_of_maximum_km.reset();
    CHECK_THAT(radius.refused(), Catch::Contains("row 3") && Catch::Contains("radius_of_maximum_km = 40"));
    Track order{head + two_fixes + two_fixes};
    CHECK_THAT(order.refused(), Catch::Contains("row 4") && Catch::Contains("not later"));
    CHECK_THAT((Track{"SID,NAME\nA,B\n"}.refused()), Catch::Contains("no column 'ISO_TIME'"));
}

TEST_CASE("An extension keeps course and speed, and over land its wind dies") {
    Track track{head + two_fixes};
    const std::vector<StormFix> fixes = io::extended(track.fixes(), 2.5, false);
    REQUIRE(fixes.size() == 5);
    CHECK(fixes[4].hours == 5.5);
    CHECK(fixes[4].centre.x == Approx(106.6 - 2.5 * 0.5 / 3));
    CHECK(fixes[4].centre.y == Approx(18 + 2.5 * 0.1));
    CHECK(fixes[4].maximum_wind == fixes[1].maximum_wind);
    CHECK(fixes[4].central_hpa == 974);

    const std::vector<StormFix> dying = io::extended(track.fixes(), 2, true);
    REQUIRE(dying.size() == 4);
    const MeanWind after = decayed_inland(fixes[1].maximum_wind, 2);
    CHECK(dying[3].maximum_wind == after);
    const double part = after.metres_per_second() / fixes[1].maximum_wind.metres_per_second();
    CHECK(dying[3].environment_hpa - dying[3].central_hpa == Approx(28 * part * part));
    CHECK(dying[1].maximum_wind == fixes[1].maximum_wind);
    CHECK(io::extended(track.fixes(), 0, true).size() == 2);
}

TEST_CASE("An extension says that it is modelled, and a decay that cannot be says so") {
    Track track{head + two_fixes};
    track.wind.extend_hours = 6;
    track.wind.inland_decay = true;
    CHECK(io::read_storm_track(track.wind, track.problems).moments().size() == 8);
    CHECK_THAT(track.notices(),
               Catch::Contains("modelled beyond its last fix: 6 h") && Catch::Contains("dying as over land"));
    track.problems.clear();
    track.wind.extend_hours = 0;
    CHECK(io::read_storm_track(track.wind, track.problems).moments().size() == 2);
    CHECK_THAT(track.notices(), Catch::Contains("inland_decay changes nothing"));
}

}  // namespace phusong::test
