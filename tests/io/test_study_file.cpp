#include "io/text/study_file.hpp"

#include <catch2/catch.hpp>

#include "engine/errors.hpp"
#include "io/text/file_argument.hpp"
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

TEST_CASE("Threshold profiles are looked up by name and technology") {
    CHECK(io::profile_threshold_dbm("trai-2024", "3g") == -99);
    CHECK(io::profile_threshold_dbm("ofcom", "4g") == -105);
    CHECK_THROWS_AS(io::profile_threshold_dbm("ofcom", "fibre"), InputError);
    CHECK_THROWS_AS(io::profile_threshold_dbm("fcc", "4g"), InputError);
}

TEST_CASE("File arguments: names before a colon, brackets behind, paths with colons untouched") {
    const auto parts = [](const std::string& text) {
        const io::FileArgument argument = io::parse_file_argument(text);
        return argument.name + "|" + argument.path + "|" + argument.bracket;
    };
    CHECK(parts("pop.tif") == "|pop.tif|");
    CHECK(parts("people:pop.tif[1]") == "people|pop.tif|1");
    CHECK(parts("a b.gpkg[xã]") == "|a b.gpkg|xã");
    CHECK(parts("/data/x:y.tif") == "|/data/x:y.tif|");
    CHECK(parts("[odd]") == "|[odd]|");
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
}

}  // namespace phusong::test
