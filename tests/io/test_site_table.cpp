#include "io/gdal/site_table_source.hpp"

#include <catch2/catch.hpp>

#include "tests/io/event_on_disk.hpp"

namespace phusong::test {
namespace {

/// A table of sites, read as an event names it.
class Sites : public EventOnDisk {
public:
    explicit Sites(const std::string& table, const std::string& name = "tram.csv") {
        event.sites.emplace();
        event.sites->file.path = add(name, table);
        event.sites->radius_m = 3000;
        event.time = 0;
    }
    SiteTable read() {
        problems.clear();
        return io::read_site_table({"EPSG:4326", grid(), {"4g", "5g"}, event}, problems);
    }
    std::string refused() {
        return refusal([&] { static_cast<void>(read()); });
    }
};

std::string refused(const std::string& table) {
    return Sites{table}.refused();
}

const std::string minimal = "id,lon,lat,technologies\n";
const std::string networked = "id,lon,lat,technologies,parents\n";

}  // namespace

TEST_CASE("A full table of sites is read cell by cell") {
    Sites sites{
        "id,lon,lat,operator,technologies,radius_m,parents,power_zone,battery_hours,generator,plinth_m,"
        "design_gust_ms,status,cause,since,repair_hours\n"
        "007,105.5,19.5,Vie\xCC\x82t,5G;4g,1500,hub|008,Z1,4.5,có,0.6,42,down,điện,1970-01-01T09:30+07:00,"
        "24\n"
        "008,105.6,19.5,,4g,,,,,,,,,,,\n"
        "hub,105.7,19.5,X,\"4g, 5g\",,,,0,no,,,up,,,\n"};
    const SiteTable table = sites.read();
    REQUIRE(table.sites.size() == 3);
    const SiteRecord& first = table.sites[0];
    CHECK(first.id == "007");
    CHECK(first.operator_name == "Viêt");
    CHECK(first.technologies == std::vector<std::string>{"4g", "5g"});
    CHECK(first.position == Point{105.5, 19.5});
    CHECK(first.radius_m == 1500);
    CHECK(first.parents == std::vector<std::string>{"hub", "008"});
    CHECK(first.power_zone == "Z1");
    CHECK(first.battery_hours == std::optional{4.5});
    CHECK(first.generator == std::optional{true});
    CHECK(first.plinth_m == std::optional{0.6});
    CHECK(first.design_gust == std::optional{Gust::of_metres_per_second(42)});
    CHECK(first.status == Status::down);
    CHECK(first.cause == OutageCause::power);
    CHECK(first.since_hours == std::optional{2.5});
    CHECK(first.repair_hours == std::optional{24.0});
    CHECK(table.sites[1].radius_m == 3000);
    CHECK(table.sites[1].status == Status::unknown);
    CHECK_FALSE(table.sites[1].battery_hours);
    CHECK(table.sites[2].technologies.size() == 2);
    CHECK(table.sites[2].generator == std::optional{false});
    CHECK_THAT(sites.notices(),
               Catch::Contains("2 site(s) without a reach") && !Catch::Contains("no column"));
}

TEST_CASE("Every column that is missing is said once, with what follows") {
    Sites sites{minimal + "A,105.5,19.5,4g\nB,105.6,19.5,2g\nC,120,19.5,4g\n"};
    CHECK(sites.read().sites.size() == 3);
    const std::string notices = sites.notices();
    CHECK_THAT(notices, Catch::Contains("no column 'battery_hours': how long sites run without grid power is "
                                        "drawn from the battery's curve"));
    CHECK_THAT(notices, Catch::Contains("no column 'parents'") && Catch::Contains("no column 'operator'"));
    CHECK_THAT(notices, !Catch::Contains("plinth_m"));  // no flood is asked about
    CHECK_THAT(notices, Catch::Contains("no column 'status'") && !Catch::Contains("'repair_hours'"));
    CHECK_THAT(notices, Catch::Contains("1 site(s) give '2g'"));
    CHECK_THAT(notices, Catch::Contains("1 of 3 sites stand outside the population raster"));
    CHECK(notices.find("'battery_hours'") == notices.rfind("'battery_hours'"));
}

TEST_CASE("Columns of other names are taken where the study names them, positions too") {
    Sites sites{"mã,kd,vd,cn\nA,105.5,19.5,4g\n"};
    sites.event.sites->fields = {{"id", "mã"}, {"lon", "kd"}, {"lat", "vd"}, {"technologies", "cn"}};
    CHECK(sites.read().sites[0].position == Point{105.5, 19.5});
    sites.event.sites->fields[0].second = "code";
    CHECK_THAT(sites.refused(), Catch::Contains("no field 'code' (id of the sites)"));
    sites.event.sites->fields = {{"lon", "kd"}, {"lat", "y"}};
    CHECK_THAT(sites.refused(), Catch::Contains("no columns 'kd' and 'y'"));
}

TEST_CASE("Sites come from a layer of points as well") {
    Sites sites{geojson(R"({"type": "Feature", "properties": {"id": "01", "technologies": "4g"},
                            "geometry": {"type": "Point", "coordinates": [105.5, 19.5]}})"),
                "s.geojson"};
    CHECK(sites.read().sites[0].id == "01");
}

TEST_CASE("A table of sites without id or technologies is refused") {
    CHECK_THAT(refused("lon,lat,technologies\n105.5,19.5,4g\n"),
               Catch::Contains("no column 'id'") && Catch::Contains("fields = { id"));
    CHECK_THAT(refused("id,lon,lat\nA,105.5,19.5\n"), Catch::Contains("no column 'technologies'"));
    CHECK_THAT(refused(minimal + ",105.5,19.5,4g\n"),
               Catch::Contains("sites '") && Catch::Contains("row 2: the id is missing"));
    CHECK_THAT(refused(minimal + "A,105.5,19.5,\n"), Catch::Contains("row 2: the technologies are missing"));
}

TEST_CASE("An id that stands twice is refused with both rows") {
    CHECK_THAT(refused(minimal + "A,105.5,19.5,4g\nB,105.5,19.5,4g\nA,105.6,19.5,4g\n"),
               Catch::Contains("'A' stands twice, in row 2 and row 4"));
}

TEST_CASE("A parent that is not in the table is refused by name") {
    CHECK_THAT(refused(networked + "A,105.5,19.5,4g,hub\n"),
               Catch::Contains("row 2: the parent 'hub' of site 'A' is not in the table"));
}

TEST_CASE("A site that is its own parent is refused") {
    CHECK_THAT(refused(networked + "A,105.5,19.5,4g,A\n"), Catch::Contains("site 'A' is its own parent"));
}

TEST_CASE("More than two parents are refused, and one named twice") {
    CHECK_THAT(refused(networked + "A,105.5,19.5,4g,B;C;D\n"), Catch::Contains("site 'A' has 3 parents"));
    CHECK_THAT(refused(networked + "A,105.5,19.5,4g,B;B\n"), Catch::Contains("'B' twice"));
}

TEST_CASE("Words for status, cause and generator that mean nothing are refused") {
    CHECK_THAT(refused("id,lon,lat,technologies,status\nA,105.5,19.5,4g,broken\n"),
               Catch::Contains("row 2: status 'broken' is not known; write up, down or unknown"));
    CHECK_THAT(refused("id,lon,lat,technologies,cause\nA,105.5,19.5,4g,ghost\n"),
               Catch::Contains("cause 'ghost'"));
    CHECK_THAT(refused("id,lon,lat,technologies,generator\nA,105.5,19.5,4g,diesel\n"),
               Catch::Contains("generator is 'diesel'"));
}

TEST_CASE("A time of a site without zone is refused, and any time when the event has none") {
    const std::string head = "id,lon,lat,technologies,since\n";
    CHECK_THAT(refused(head + "A,105.5,19.5,4g,2025-09-29T06:00\n"),
               Catch::Contains("row 2: since '2025-09-29T06:00' names no time zone"));
    Sites timeless{head + "A,105.5,19.5,4g,2025-09-29T06:00Z\n"};
    timeless.event.time.reset();
    CHECK_THAT(timeless.refused(), Catch::Contains("[event] has no time"));
}

TEST_CASE("Negative numbers of a site are refused by column") {
    for (const char* column : {"battery_hours", "radius_m", "plinth_m", "repair_hours", "design_gust_ms"}) {
        CHECK_THAT(refused("id,lon,lat,technologies," + std::string{column} + "\nA,105.5,19.5,4g,-1\n"),
                   Catch::Contains(std::string{"row 2: "} + column + " is '-1'"));
    }
}

TEST_CASE("A site needs a position on the globe") {
    CHECK_THAT(refused(minimal + "A,,19.5,4g\n"), Catch::Contains("row 2: the site has no position"));
    CHECK_THAT(refused(minimal + "A,19.5,105.5,4g\n"),
               Catch::Contains("row 2") && Catch::Contains("swapped"));
}

TEST_CASE("A site without radius, footprint and default is refused") {
    Sites sites{minimal + "A,105.5,19.5,4g\n"};
    sites.event.sites->radius_m.reset();
    CHECK_THAT(sites.refused(), Catch::Contains("row 2: site 'A' has neither a radius nor a footprint") &&
                                    Catch::Contains("radius_m = 3000"));
}

TEST_CASE("Rings of backhaul are legal and told") {
    Sites dead{networked + "A,105.5,19.5,4g,B\nB,105.6,19.5,4g,A\n"};
    CHECK(dead.read().sites.size() == 2);
    CHECK_THAT(dead.notices(), Catch::Contains("2 sites carry each other's traffic in a ring (A, B)") &&
                                   Catch::Contains("off the air"));
    Sites alive{networked + "A,105.5,19.5,4g,B\nB,105.6,19.5,4g,A;R\nR,105.6,19.5,4g,\n"};
    CHECK(alive.read().sites.size() == 3);
    CHECK_THAT(alive.notices(), Catch::Contains("connected while one of them reaches"));
}

TEST_CASE("Footprints are found by name, else by the site's id") {
    Sites sites{"id,lon,lat,technologies,footprint\nA,105.5,19.5,4g,reach A\nB,105.5,19.5,4g,\n"};
    sites.event.sites->radius_m.reset();
    CHECK_THAT(sites.refused(), Catch::Contains("footprints = \"file\""));
    sites.event.sites->footprints.path =
        sites.add("f.geojson", geojson(square(105.4, 19.4, 0.2, R"("name": "reach A")") + "," +
                                       square(105.5, 19.4, 0.2, R"("name": "B")")));
    CHECK_THAT(sites.refused(), Catch::Contains("footprint_id = \"...\""));
    sites.event.sites->footprint_id_field = "name";
    const SiteTable table = sites.read();
    CHECK(table.sites[0].footprint.parts.size() == 1);
    CHECK(table.sites[1].footprint.parts.size() == 1);
    CHECK(table.sites[0].footprint != table.sites[1].footprint);

    Sites other{"id,lon,lat,technologies,footprint\nA,105.5,19.5,4g,C\n"};
    other.event.sites->footprints.path = sites.path("f.geojson");
    other.event.sites->footprint_id_field = "name";
    CHECK_THAT(other.refused(), Catch::Contains("row 2") && Catch::Contains("is called 'C'"));
}

TEST_CASE("A table of sites is synthetic when its companion says so") {
    Sites sites{minimal + "A,105.5,19.5,4g\n"};
    CHECK_FALSE(sites.read().synthetic);
    static_cast<void>(
        sites.add("tram.csv.aux.xml",
                  "<PAMDataset><Metadata><MDI key=\"SYNTHETIC\">YES</MDI></Metadata></PAMDataset>"));
    CHECK(sites.read().synthetic);
}

TEST_CASE("The status file overrides the table and must name its sites") {
    Sites sites{
        "id,lon,lat,technologies,status,cause,since\n"
        "A,105.5,19.5,4g,down,power,1970-01-01T01:00Z\nB,105.5,19.5,4g,up,,\n"};
    sites.event.status.emplace();
    sites.event.status->path = sites.add(
        "status.csv", "id,status,cause,since,repair_hours\nA,up,,,\nB,down,transport,1970-01-01T02:00Z,9\n");
    const SiteTable table = sites.read();
    CHECK(table.sites[0].status == Status::up);
    CHECK(table.sites[0].cause == OutageCause::unattributed);
    CHECK_FALSE(table.sites[0].since_hours);
    CHECK(table.sites[1].status == Status::down);
    CHECK(table.sites[1].cause == OutageCause::transport);
    CHECK(table.sites[1].since_hours == std::optional{2.0});
    CHECK(table.sites[1].repair_hours == std::optional{9.0});
    static_cast<void>(sites.add("status.csv", "id,status\nC,down\n"));
    CHECK_THAT(sites.refused(), Catch::Contains("row 2: no site 'C'"));
}

}  // namespace phusong::test
