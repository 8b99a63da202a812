#include "io/text/study_file.hpp"

#include <catch2/catch.hpp>

#include "engine/errors.hpp"
#include "io/text/file_argument.hpp"
#include "io/text/signal_profiles.hpp"
#include "io/text/study_writer.hpp"

namespace phusong::test {
namespace {

constexpr const char* smallest = R"(
[communes]
path = "c.gpkg[xa]"
[population]
path = "p.tif[2]"
values = "people_per_cell"
[[coverage]]
technology = "4g"
path = "4g.tif"
)";

std::string message(const std::string& text) {
    try {
        static_cast<void>(io::parse_study(text, "s.toml", {}));
    } catch (const InputError& error) {
        return error.what();
    }
    return "";
}

std::string with(const std::string& from, const std::string& to) {
    std::string text = smallest;
    const std::size_t at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("The smallest study has sensible defaults, and brackets name layer and band") {
    const Study study = io::parse_study(smallest, "s.toml", "/data");
    CHECK(study.name == "s");
    CHECK(study.communes.file.path == "/data/c.gpkg");
    CHECK(study.communes.file.layer == "xa");
    CHECK(study.population.file.band == 2);
    CHECK(study.coverage[0].rule.kind == ServiceRule::Kind::present);
    CHECK_FALSE(study.refine);
    CHECK(study.service_raster == ServiceRaster::study_cells);
}

TEST_CASE("A slip of the pen is refused with its line and what to write") {
    CHECK_THAT(message(with("values =", "value =")), Catch::Contains("line 6") && Catch::Contains("'value'"));
    CHECK_THAT(message(with("values = \"people_per_cell\"", "")), Catch::Contains("never guesses"));
    CHECK_THAT(message(with("people_per_cell", "people")), Catch::Contains("people_per_km2"));
    CHECK_THAT(message(with("\"4g\"", "4")), Catch::Contains("must be a text"));
    CHECK_THAT(message(with("\"4g\"", "\"4G+\"")), Catch::Contains("small letters"));
    CHECK_THAT(message(with("[communes]", "[[communes")), Catch::Contains("line 2"));
    CHECK_THAT(message(with("[communes]", "[xa]")), Catch::Contains("'xa'"));
    CHECK_THAT(message(std::string{smallest} + "rule = \"dbm\""),
               Catch::Contains("present, classes, signal or share"));
    CHECK_THAT(message(std::string{smallest} + "rule = \"signal\""), Catch::Contains("threshold_dbm"));
    CHECK_THAT(message(std::string{smallest} + "rule = \"signal\"\nthreshold_dbm = 95"),
               Catch::Contains("-150"));
    CHECK_THAT(message(std::string{smallest} + "rule = \"classes\""), Catch::Contains("served = [1]"));
    CHECK_THAT(message(std::string{smallest} + "rule = \"share\"\nfull_value = 10"),
               Catch::Contains("1 or 100"));
    CHECK_THAT(message(std::string{smallest} + "[[coverage]]\ntechnology = \"4g\"\npath = \"b.tif\""),
               Catch::Contains("named twice"));
}

TEST_CASE("Dead zones, places and the distance raster are read, and not given they stay unset") {
    const Study plain = io::parse_study(smallest, "s.toml", {});
    CHECK_FALSE(plain.dead_zones);
    CHECK_FALSE(plain.settlements);
    CHECK_FALSE(plain.sites);
    CHECK_FALSE(plain.distance_raster);
    CHECK(plain.report_language == ReportLanguage::vietnamese);

    const Study study = io::parse_study(std::string{smallest} + R"(
[[dead_zones]]
name = "no_4g"
technologies = ["4g"]
[[dead_zones]]
name = "large_2"
technologies = ["4g"]
connectivity = 4
populated_only = false
minimum_people = 50
minimum_area_km2 = 0.5
[settlements]
path = "t.gpkg[thon]"
crs = "EPSG:3405"
encoding = "CP1258"
id = "ma"
name = "ten"
grid_power = "dien"
[sites]
path = "tram.csv"
[output]
distance_raster = true
[report]
language = "en"
)",
                                        "s.toml", "/data");
    REQUIRE(study.dead_zones);
    CHECK(*study.dead_zones == std::vector<DeadZoneInput>{{"no_4g", {"4g"}, 8, true, 0, 0},
                                                          {"large_2", {"4g"}, 4, false, 50, 0.5}});
    REQUIRE(study.settlements);
    CHECK(*study.settlements ==
          PlacesInput{{"/data/t.gpkg", "thon", 0, "EPSG:3405", "CP1258"}, "ma", "ten", "dien"});
    REQUIRE(study.sites);
    CHECK(*study.sites == PlacesInput{{"/data/tram.csv", "", 0, "", ""}, "", "", ""});
    CHECK(study.distance_raster);
    CHECK(study.report_language == ReportLanguage::english);
    CHECK_THAT(message(std::string{smallest} + "[report]\nlanguage = \"fr\""), Catch::Contains("vi or en"));
}

TEST_CASE("The dead zones that a written study shows as an example can be taken as they are") {
    const std::string written = io::write_study(io::parse_study(smallest, "s.toml", {}), {});
    const std::size_t begin = written.find("# [[dead_zones]]");
    REQUIRE(begin != std::string::npos);
    const std::size_t end = written.find("\n\n", begin);
    std::string example = "\n" + written.substr(begin, end - begin);
    for (std::size_t at = 0; (at = example.find("\n# ", at)) != std::string::npos;) example.erase(at + 1, 2);
    const Study study = io::parse_study(smallest + example, "s.toml", {});
    REQUIRE(study.dead_zones);
    CHECK(*study.dead_zones == std::vector<DeadZoneInput>{{"no_service", {"4g"}}});
}

TEST_CASE("An empty list of dead zones means that none are looked for") {
    const Study study = io::parse_study("dead_zones = []\n" + std::string{smallest}, "s.toml", {});
    REQUIRE(study.dead_zones);
    CHECK(study.dead_zones->empty());
    CHECK(io::parse_study(io::write_study(study, {}), "s.toml", {}) == study);
}

TEST_CASE("A slip in a dead zone or a place is refused with its line and table") {
    const auto refused = [](const std::string& lines) {
        return message(std::string{smallest} + "[[dead_zones]]\n" + lines);
    };
    const std::string good = "name = \"no_4g\"\ntechnologies = [\"4g\"]\n";
    CHECK(refused(good).empty());
    CHECK_THAT(refused("technologies = [\"4g\"]"), Catch::Contains("line 10") &&
                                                       Catch::Contains("[[dead_zones]] 1") &&
                                                       Catch::Contains("no_mobile"));
    CHECK_THAT(refused("name = \"No mobile\"\ntechnologies = [\"4g\"]"), Catch::Contains("small letters"));
    CHECK_THAT(refused("name = \"a\""), Catch::Contains("technologies = [\"4g\"]"));
    CHECK_THAT(refused("name = \"a\"\ntechnologies = []"),
               Catch::Contains("line 12") && Catch::Contains("missing"));
    CHECK_THAT(refused("name = \"a\"\ntechnologies = [\"4g\", \"6g\"]"),
               Catch::Contains("line 12") && Catch::Contains("\"6g\"") && Catch::Contains("known are 4g"));
    CHECK_THAT(refused("name = \"a\"\ntechnologies = [\"4g\", \"4g\"]"), Catch::Contains("named twice"));
    CHECK_THAT(refused(good + "connectivity = 6"), Catch::Contains("line 13") && Catch::Contains("or 4"));
    CHECK_THAT(refused(good + "populated_only = 1"), Catch::Contains("true or false"));
    CHECK_THAT(refused(good + "minimum_people = -1"), Catch::Contains("zero or more"));
    CHECK_THAT(refused(good + "minimum_people = nan"), Catch::Contains("zero or more"));
    CHECK_THAT(refused(good + "minimum_area_km2 = inf"), Catch::Contains("zero or more"));
    CHECK_THAT(refused(good + "area = 1"), Catch::Contains("'area'") && Catch::Contains("minimum_area_km2"));
    CHECK_THAT(refused(good + "[[dead_zones]]\n" + good),
               Catch::Contains("line 14") && Catch::Contains("named twice"));
    CHECK_THAT(message(std::string{smallest} + "[dead_zones]\n" + good), Catch::Contains("[[dead_zones]]"));
    CHECK_THAT(message("dead_zones = 1\n" + std::string{smallest}), Catch::Contains("line 1,"));
    CHECK_THAT(message("dead_zones = [1]\n" + std::string{smallest}), Catch::Contains("[[dead_zones]]"));

    CHECK_THAT(message(std::string{smallest} + "[settlements]\nid = \"ma\""),
               Catch::Contains("[settlements]") && Catch::Contains("'path'"));
    CHECK_THAT(message(std::string{smallest} + "[sites]\npath = \"s.csv\"\ngrid_power = \"d\""),
               Catch::Contains("line 12") && Catch::Contains("[sites]") && Catch::Contains("'grid_power'"));
    CHECK_THAT(message(std::string{smallest} + "[output]\ndistance_raster = \"yes\""),
               Catch::Contains("[output]") && Catch::Contains("true or false"));
}

TEST_CASE("Threshold profiles are looked up by name and technology") {
    CHECK(io::profile_threshold_dbm("trai-2024", "3g") == -99);
    CHECK(io::profile_threshold_dbm("ofcom", "4g") == -105);
    CHECK_THROWS_AS(io::profile_threshold_dbm("ofcom", "fibre"), InputError);
    CHECK_THROWS_AS(io::profile_threshold_dbm("fcc", "4g"), InputError);
}

TEST_CASE("File arguments: brackets behind, paths with colons untouched") {
    const auto parts = [](const std::string& text) {
        const io::FileArgument argument = io::parse_file_argument(text);
        return argument.path + "|" + argument.bracket;
    };
    CHECK(parts("pop.tif") == "pop.tif|");
    CHECK(parts("people:pop.tif[1]") == "people:pop.tif|1");
    CHECK(parts("a b.gpkg[xã]") == "a b.gpkg|xã");
    CHECK(parts("/data/x:y.tif") == "/data/x:y.tif|");
    CHECK(parts("[odd]") == "[odd]|");
}

TEST_CASE("A written study reads back as the same study") {
    Study study = io::parse_study(smallest, "s.toml", {});
    study.name = "Nghệ \"An\" \\ 1";
    study.refine = 7;
    study.communes.code_field = "ma_xa";
    study.population.adjust_to = "dan_so";
    study.service_raster = ServiceRaster::none;
    CoverageInput fibre;
    fibre.technology = "fibre";
    fibre.meaning = "passed";
    fibre.file.path = "f.gpkg";
    fibre.file.layer = "cáp";
    fibre.rule.kind = ServiceRule::Kind::share;
    fibre.rule.full_value = 100;
    fibre.where = {"net", {"A", "B\t"}};
    study.coverage.push_back(fibre);
    CoverageInput signal;
    signal.technology = "3g";
    signal.operator_name = "V";
    signal.file.path = "s.tif";
    signal.rule.kind = ServiceRule::Kind::signal;
    signal.rule.quantity = "RSCP";
    signal.rule.threshold_dbm = -99.5;
    study.coverage.push_back(signal);
    CHECK(io::parse_study(io::write_study(study, {}), "again.toml", {}) == study);

    study.dead_zones = {{"no_mobile", {"4g", "3g"}, 4, false, 12.5, 0.25}, {"no_fibre", {"fibre"}}};
    study.settlements = PlacesInput{{"thôn.shp", "", 0, "EPSG:3405", "CP1258"}, "ma", "ten \"xóm\"", "dien"};
    study.sites = PlacesInput{{"tram.gpkg", "trạm", 0, "", ""}, "", "", ""};
    study.distance_raster = true;
    study.report_language = ReportLanguage::english;
    CHECK(io::parse_study(io::write_study(study, {}), "again.toml", {}) == study);
}

}  // namespace phusong::test
