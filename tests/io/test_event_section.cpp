#include <catch2/catch.hpp>

#include "engine/errors.hpp"
#include "io/text/study_file.hpp"
#include "io/text/study_files.hpp"
#include "io/text/study_writer.hpp"

namespace phusong::test {
namespace {

const std::string study_text = R"(
[communes]
path = "c.gpkg"
[population]
path = "p.tif"
values = "people_per_cell"
[[coverage]]
technology = "4g"
operator = "Viettel"
path = "4g.tif"
[[coverage]]
technology = "fibre"
path = "f.tif"
rule = "share"
)";

Study with_event(const std::string& lines) {
    return io::parse_study(study_text + "[event]\n" + lines, "s.toml", "/data");
}

std::string message(const std::string& lines) {
    try {
        static_cast<void>(with_event(lines));
    } catch (const InputError& error) {
        return error.what();
    }
    return "";
}

const std::string full_event = R"(name = "Bualoi"
time = "2025-09-29T00:00:00+07:00"
hours = [0, 6.5, 24]
scenarios = 65536
seed = 7
generators = 0.25
floor_share = 0.5
curves = { structure = "open-rigbi-wind", battery = "my/battery.toml" }
customers = { Viettel = 55, MobiFone = 45 }
[[event.after]]
technology = "4g"
operator = "Viettel"
path = "after.gpkg[4g]"
[[event.damage]]
path = "flood.gpkg"
severity = "loss"
technology = "tech"
cause = "flood"
redundancy = 2
[[event.damage]]
path = "wind.tif[2]"
technologies = ["4g"]
[event.sites]
path = "tram.csv"
encoding = "CP1258"
radius_m = 3000
fields = { id = "ma", lon = "x", lat = "y" }
footprints = "f.gpkg[reach]"
footprint_id = "ma"
[event.status]
path = "status.csv"
[event.wind]
gust = "gust.tif"
averaging = "10 min"
design_gust_ms = 42
[event.flood]
depth = "depth.tif"
[[event.power]]
path = "power.gpkg"
lost = "from"
restored = "to"
[[event.index]]
criterion = "people_dark"
full = 100000
)";

}  // namespace

TEST_CASE("An event is read with all its tables, paths joined with the study's folder") {
    const Study study = with_event(full_event);
    REQUIRE(study.event);
    const EventInput& event = *study.event;
    CHECK(event.name == "Bualoi");
    CHECK(event.time == std::optional{1759078800.0});
    CHECK(event.hours == std::vector<double>{0, 6.5, 24});
    CHECK(event.scenarios == 65536);
    CHECK(event.seed == 7);
    CHECK(event.share_with_generators == 0.25);
    CHECK(event.floor_share == 0.5);
    CHECK(event.structure_curve == "open-rigbi-wind");
    CHECK(event.grid_power_curve.empty());
    CHECK(event.battery_curve == "/data/my/battery.toml");
    REQUIRE(event.customers.size() == 2);
    CHECK(event.customers[1].first == "Viettel");
    CHECK(event.customers[1].second == Approx(0.55));
    REQUIRE(event.after.size() == 1);
    CHECK(event.after[0].file == FileLayer{"/data/after.gpkg", "4g", 0, "", ""});
    REQUIRE(event.damage.size() == 2);
    CHECK(event.damage[0] ==
          DamageInput{{"/data/flood.gpkg", "", 0, "", ""}, "loss", "tech", {}, "flood", 2});
    CHECK(event.damage[1] == DamageInput{{"/data/wind.tif", "", 2, "", ""}, "", "", {"4g"}, "damage", 0});
    REQUIRE(event.sites);
    CHECK(event.sites->file == FileLayer{"/data/tram.csv", "", 0, "", "CP1258"});
    CHECK(event.sites->footprints == FileLayer{"/data/f.gpkg", "reach", 0, "", ""});
    CHECK(event.sites->radius_m == std::optional{3000.0});
    CHECK(event.sites->fields.size() == 3);
    REQUIRE(event.wind);
    CHECK(event.wind->averaging == WindInput::Averaging::ten_minutes);
    CHECK(event.wind->default_design_gust_ms == std::optional{42.0});
    CHECK(event.flood_depth->path == "/data/depth.tif");
    CHECK(event.power == std::vector<PowerOutageInput>{{{"/data/power.gpkg", "", 0, "", ""}, "from", "to"}});
    CHECK(event.index == std::vector<IndexCriterion>{{IndexCriterion::Kind::people_dark, 0, 100000}});
}

TEST_CASE("A written event reads back as the same event, from a track too") {
    Study study = with_event(full_event);
    CHECK(io::parse_study(io::write_study(study, {}), "again.toml", {}) == study);
    WindInput track;
    track.track.path = "/data/ibtracs.csv";
    track.storm = "BUALOI";
    track.radius_of_maximum_km = 37.5;
    track.inland_decay = true;
    track.extend_hours = 6;
    study.event->wind = track;
    CHECK(io::parse_study(io::write_study(study, {}), "again.toml", {}) == study);
    study.event = EventInput{};
    CHECK(io::parse_study(io::write_study(study, {}), "again.toml", {}) == study);
}

TEST_CASE("All files of an event are named, shipped curves are none") {
    std::vector<std::string> roles;
    for (const io::StudyFile& file : io::files_of(with_event(full_event))) {
        roles.push_back(file.role + "=" + file.path);
    }
    CHECK(roles == std::vector<std::string>{
                       "communes=/data/c.gpkg", "population=/data/p.tif", "4g Viettel=/data/4g.tif",
                       "fibre=/data/f.tif", "after: 4g Viettel=/data/after.gpkg", "damage=/data/flood.gpkg",
                       "damage=/data/wind.tif", "sites of the event=/data/tram.csv",
                       "footprints of the sites=/data/f.gpkg", "status of the sites=/data/status.csv",
                       "wind=/data/gust.tif", "flood depth=/data/depth.tif", "grid power=/data/power.gpkg",
                       "curve of batteries=/data/my/battery.toml"});
}

TEST_CASE("A slip in an event is refused with its table and what to write") {
    CHECK(message("").empty());
    CHECK_THAT(message("time = \"2025-09-29T00:00:00\""),
               Catch::Contains("[event]") && Catch::Contains("no time zone") && Catch::Contains("+07:00"));
    CHECK_THAT(message("hours = [6, 0]"), Catch::Contains("ascending"));
    CHECK_THAT(message("hours = [-1, 0]"), Catch::Contains("from 0 on"));
    CHECK_THAT(message("hours = []"), Catch::Contains("hours = [0"));
    CHECK_THAT(message("scenarios = 0"), Catch::Contains("1 to 65536"));
    CHECK_THAT(message("scenarios = 65537"), Catch::Contains("1 to 65536"));
    CHECK_THAT(message("seed = -1"), Catch::Contains("whole number"));
    CHECK_THAT(message("generators = 1.5"), Catch::Contains("0 to 1"));
    CHECK_THAT(message("customers = { Viettel = 0.5, Other = 0.4 }"), Catch::Contains("add up to 1"));
    CHECK_THAT(message("customers = { Viettel = -1, Other = 2 }"), Catch::Contains("'Viettel'"));
    CHECK_THAT(message("curves = { tower = \"a\" }"),
               Catch::Contains("[event.curves]") && Catch::Contains("'tower'"));
    CHECK_THAT(message("when = 1"), Catch::Contains("unknown key 'when'"));
    CHECK_THAT(message("[event.wind]\ngust = \"g.tif\"\naveraging = \"3 s\""),
               Catch::Contains("'wind' tells of sites"));
}

TEST_CASE("Coverage afterwards needs its twin before, and no shares") {
    CHECK_THAT(message("[[event.after]]\ntechnology = \"5g\"\npath = \"a.tif\""),
               Catch::Contains("[[event.after]] 1") && Catch::Contains("\"5g\"") &&
                   Catch::Contains("known are 4g Viettel, fibre"));
    CHECK_THAT(message("[[event.after]]\ntechnology = \"4g\"\npath = \"a.tif\""),
               Catch::Contains("known are 4g Viettel, fibre"));
    CHECK_THAT(message("[[event.after]]\ntechnology = \"fibre\"\npath = \"a.tif\""),
               Catch::Contains("cannot be compared before and after yet"));
    const std::string after =
        "[[event.after]]\ntechnology = \"4g\"\noperator = \"Viettel\"\npath = \"a.tif\"\n";
    CHECK(message(after).empty());
    CHECK_THAT(message(after + after), Catch::Contains("named twice"));
}

TEST_CASE("Damage, sites and wind are refused where they cannot be meant so") {
    CHECK_THAT(message("[[event.damage]]\npath = \"d\"\ntechnologies = [\"6g\"]"),
               Catch::Contains("\"6g\"") && Catch::Contains("known are 4g, fibre"));
    CHECK_THAT(message("[[event.damage]]\npath = \"d\"\ntechnology = \"t\"\ntechnologies = [\"4g\"]"),
               Catch::Contains("give one"));
    CHECK_THAT(message("[[event.damage]]\npath = \"d\"\nredundancy = 0"), Catch::Contains("1 to 100"));
    const std::string sites = "[event.sites]\npath = \"s.csv\"\n";
    CHECK_THAT(message(sites + "fields = { colour = \"c\" }"),
               Catch::Contains("'colour'") && Catch::Contains("known are id, lon, lat"));
    CHECK_THAT(message(sites + "fields = { lon = \"x\" }"), Catch::Contains("lon and lat"));
    CHECK_THAT(message(sites + "radius_m = 0"), Catch::Contains("more than 0"));
    CHECK_THAT(message(sites + "[event.wind]\ngust = \"g.tif\""),
               Catch::Contains("[event.wind]") && Catch::Contains("'averaging' is missing") &&
                   Catch::Contains("\"10 min\""));
    CHECK_THAT(message(sites + "[event.wind]\ngust = \"g.tif\"\naveraging = \"5 min\""),
               Catch::Contains("one of"));
    CHECK_THAT(message(sites + "[event.wind]\ngust = \"g.tif\"\ntrack = \"t.csv\""),
               Catch::Contains("either"));
    CHECK_THAT(message(sites + "[event.wind]\ntrack = \"t.csv\""), Catch::Contains("'storm' is missing"));
    CHECK_THAT(message(sites + "[event.wind]\ntrack = \"t.csv\"\nstorm = \"A\"\naveraging = \"3 s\""),
               Catch::Contains("belongs to a raster"));
}

}  // namespace phusong::test
