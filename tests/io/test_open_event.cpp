#include "io/open_event.hpp"

#include <catch2/catch.hpp>

#include "io/check_sources.hpp"
#include "io/open_sources.hpp"
#include "io/text/event_manifest.hpp"
#include "tests/io/event_on_disk.hpp"

namespace phusong::test {
namespace {

/// A study of one commune of 10 by 10 cells with 4G in all of them.
class StudyOnDisk : public EventOnDisk {
public:
    StudyOnDisk() {
        study.communes.file.path =
            add("c.geojson", geojson(square(105, 19, 1, R"("code": "01", "name": "A")")));
        study.population.file.path = add_raster("p.tif", std::vector<float>(100, 1));
        CoverageInput coverage;
        coverage.technology = "4g";
        coverage.operator_name = "Viettel";
        coverage.file.path = add_raster("4g.tif", std::vector<float>(100, 1));
        study.coverage = {coverage};
        study.event.emplace();
    }
    Sources open() { return io::open_sources(study); }
    [[nodiscard]] static std::string told(const Sources& sources) {
        std::string all;
        for (const Problem& problem : sources.problems) all += problem.subject + ": " + problem.what + "\n";
        return all;
    }
    void add_damage(const std::string& features) {
        study.event->damage.emplace_back();
        study.event->damage.back().file.path = add("damage.geojson", geojson(features));
    }
    void add_sites() {
        study.event->sites.emplace();
        study.event->sites->file.path =
            add("s.csv", "id,lon,lat,technologies,operator\nA,105.5,19.5,4g,Viettel\n");
        study.event->sites->radius_m = 500;
    }

    Study study;
};

}  // namespace

TEST_CASE("Damage that lies elsewhere is told by file and changes nothing") {
    StudyOnDisk disk;
    disk.add_damage(square(110, 12, 0.1, ""));
    const Sources sources = disk.open();
    REQUIRE(sources.event);
    CHECK(sources.event->damage.size() == 1);
    CHECK_THAT(StudyOnDisk::told(sources),
               Catch::Contains("damage.geojson' (damage): lies outside the communes"));
    disk.study.event->damage.clear();
    disk.add_damage(square(105.1, 19.1, 0.1, ""));
    CHECK_THAT(StudyOnDisk::told(disk.open()), !Catch::Contains("lies outside"));
}

TEST_CASE("A raster of severity is damage, too, and has no fields") {
    StudyOnDisk disk;
    disk.study.event->damage.emplace_back();
    disk.study.event->damage[0].file.path = disk.add_raster("severity.tif", {0.5F});
    CHECK(disk.open().event->damage[0].raster);
    disk.study.event->damage[0].severity_field = "loss";
    CHECK_THAT(refusal([&] { static_cast<void>(disk.open()); }), Catch::Contains("is a raster"));
}

TEST_CASE("Coverage afterwards is opened in the order of the study") {
    StudyOnDisk disk;
    CoverageInput after = disk.study.coverage[0];
    after.file.path = disk.add_raster("after.tif", {1, 0});
    disk.study.event->after = {after};
    const Sources sources = disk.open();
    REQUIRE(sources.event->after.size() == 1);
    CHECK_THAT(sources.event->after[0].name, Catch::Contains("after.tif"));
}

TEST_CASE("Sites bring their curves with the sources of each") {
    StudyOnDisk disk;
    disk.add_sites();
    disk.study.event->structure_curve = "open-rigbi-wind";
    disk.study.event->wind.emplace();
    disk.study.event->wind->raster.path = disk.add_raster("gust.tif", std::vector<float>(100, 40));
    disk.study.event->wind->default_design_gust_ms = 45;
    const Sources sources = disk.open();
    REQUIRE(sources.event->sites);
    const HazardRules& rules = sources.event->sites->rules;
    CHECK(rules.structure);
    CHECK(rules.battery == BatteryLife{});
    CHECK(rules.default_design_gust == std::optional{Gust::of_metres_per_second(45)});
    REQUIRE(rules.sources.size() == 3);
    CHECK(rules.sources[0].first == "open-rigbi-wind");
    CHECK_THAT(rules.sources[0].second, Catch::Contains("Miyamoto"));
    CHECK(sources.event->sites->sites[0].gust == std::optional{Gust::of_metres_per_second(40)});

    const std::string manifest = io::event_json(disk.study, sources).dump();
    CHECK_THAT(manifest, Catch::Contains("\"from\":\"raster\"") && Catch::Contains("\"averaging\":\"3 s\"") &&
                             Catch::Contains("Miyamoto") && Catch::Contains("\"scenarios\":1024"));

    disk.study.event->battery_curve = "lattice-tower";
    CHECK_THAT(refusal([&] { static_cast<void>(disk.open()); }),
               Catch::Contains("'lattice-tower' cannot be the curve 'battery'"));
}

TEST_CASE("Customers of an operator that nobody knows are refused") {
    StudyOnDisk disk;
    disk.study.event->customers = {{"Vietel", 1}};
    CHECK_THAT(refusal([&] { static_cast<void>(disk.open()); }),
               Catch::Contains("'Vietel'") && Catch::Contains("known are Viettel"));
}

TEST_CASE("All that is wrong with an event is found at once") {
    StudyOnDisk disk;
    disk.add_sites();
    static_cast<void>(disk.add("s.csv", "id,lon,lat\nA,105.5,19.5\n"));
    disk.add_damage(square(105.1, 19.1, 0.1, ""));
    disk.study.event->damage[0].severity_field = "loss";
    disk.study.coverage[0].file.path = disk.path("missing.tif");
    const std::vector<std::string> faults = io::check_sources(disk.study);
    REQUIRE(faults.size() == 3);
    CHECK_THAT(faults[0], Catch::Contains("missing.tif"));
    CHECK_THAT(faults[1], Catch::Contains("no field 'loss'"));
    CHECK_THAT(faults[2], Catch::Contains("no column 'technologies'"));
}

}  // namespace phusong::test
