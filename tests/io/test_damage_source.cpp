#include "io/gdal/damage_source.hpp"

#include <catch2/catch.hpp>

#include "tests/io/event_on_disk.hpp"

namespace phusong::test {
namespace {

/// A layer of damage with fields loss and tech.
class Damage : public EventOnDisk {
public:
    explicit Damage(const std::string& features) {
        input.file.path = add("damage.geojson", geojson(features));
        input.severity_field = "loss";
        input.technology_field = "tech";
    }
    io::DamageAreas read() {
        problems.clear();
        return io::read_damage_areas(input, {"4g", "fiber"}, "EPSG:4326", grid(), problems);
    }
    std::string refused() {
        return refusal([&] { static_cast<void>(read()); });
    }

    DamageInput input;
};

std::string refused(const std::string& properties) {
    return Damage{square(105.1, 19.1, 0.1, R"("tech": "4g", "loss": 1)") + "," +
                  square(105.1, 19.1, 0.1, properties)}
        .refused();
}

}  // namespace

TEST_CASE("Areas of damage have a severity and technologies each") {
    Damage damage{square(105.1, 19.1, 0.1, R"("tech": "4G", "loss": 0.25)") + "," +
                  square(105.3, 19.1, 0.1, R"("tech": "fiber;4g", "loss": 1)") + "," +
                  square(105.3, 19.1, 0.1, R"("tech": "all", "loss": 0)")};
    const io::DamageAreas read = damage.read();
    REQUIRE(read.areas.size() == 3);
    CHECK(read.areas[0].severity == 0.25);
    CHECK(read.areas[0].technologies == std::vector<std::string>{"4g"});
    CHECK(read.areas[1].technologies == std::vector<std::string>{"4g", "fiber"});
    CHECK(read.areas[2].technologies.empty());
    CHECK(extent_of(read.areas[0].shape).west == Approx(105.1));
    CHECK(damage.problems.empty());
}

TEST_CASE("Without fields, areas take the whole of the technologies that the study names") {
    Damage damage{square(105.1, 19.1, 0.1, "")};
    damage.input.severity_field.clear();
    damage.input.technology_field.clear();
    damage.input.technologies = {"fiber"};
    const io::DamageAreas read = damage.read();
    CHECK(read.areas[0].severity == 1);
    CHECK(read.areas[0].technologies == std::vector<std::string>{"fiber"});
}

TEST_CASE("A layer of damage without features damages nothing") {
    Damage damage{""};
    CHECK(damage.read().areas.empty());
    CHECK_THAT(damage.notices(), Catch::Contains("damage.geojson") && Catch::Contains("no features"));
}

TEST_CASE("A severity that is missing or no part is refused by feature and value") {
    CHECK_THAT(refused(R"("tech": "4g", "loss": 1.5)"),
               Catch::Contains("damage.geojson' (damage), feature 1") && Catch::Contains("'1.5'") &&
                   Catch::Contains("between 0 and 1"));
    CHECK_THAT(refused(R"("tech": "4g", "loss": -0.1)"), Catch::Contains("'-0.1'"));
    CHECK_THAT(refused(R"("tech": "4g", "loss": null)"), Catch::Contains("'loss') is missing"));
    CHECK_THAT(refused(R"("tech": "4g", "loss": "NaN")"), Catch::Contains("'NaN'"));
    CHECK_THAT(refused(R"("tech": "4g", "loss": "much")"), Catch::Contains("'much'"));
}

TEST_CASE("A technology that the study does not know is refused with those that it knows") {
    CHECK_THAT(refused(R"("tech": "6g", "loss": 1)"), Catch::Contains("feature 1") &&
                                                          Catch::Contains("'6g'") &&
                                                          Catch::Contains("known are 4g, fiber"));
    CHECK_THAT(refused(R"("tech": "", "loss": 1)"), Catch::Contains("'tech') is missing"));
    Damage damage{square(105.1, 19.1, 0.1, R"("loss": 1)")};
    CHECK_THAT(damage.refused(), Catch::Contains("no field 'tech'"));
}

}  // namespace phusong::test
