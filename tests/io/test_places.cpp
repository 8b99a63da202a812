#include "io/gdal/place_source.hpp"

#include <catch2/catch.hpp>
#include <utility>

#include "engine/errors.hpp"
#include "io/gdal/handles.hpp"
#include "io/gdal/startup.hpp"
#include "io/text/words.hpp"
#include "tests/support/scratch_folder.hpp"

namespace phusong::test {
namespace {

constexpr const char* degrees = "EPSG:4326";

/// One file of places in a folder of its own.
class PlaceFile {
public:
    PlaceFile(const std::string& name, const std::string& text) : PlaceFile{name} { write(path(), text); }
    explicit PlaceFile(std::string name) : name_{std::move(name)} {
        io::start_gdal();
        input.file.path = path().string();
    }
    [[nodiscard]] std::filesystem::path path() const { return folder_ / name_; }

    PlacesSource read(io::PlaceKind kind = io::PlaceKind::settlements, const std::string& crs = degrees) {
        problems.clear();
        return io::read_places(input, kind, crs, problems);
    }
    std::string refusal(io::PlaceKind kind = io::PlaceKind::settlements) {
        try {
            static_cast<void>(read(kind));
        } catch (const InputError& error) {
            return error.what();
        }
        return "";
    }
    [[nodiscard]] std::string notices() const {
        std::string all;
        for (const Problem& problem : problems) all += problem.subject + ": " + problem.what + "\n";
        return all;
    }

    PlacesInput input;
    Problems problems;

private:
    ScratchFolder folder_;
    std::string name_;
};

std::string geojson(const std::string& features) {
    return R"({"type": "FeatureCollection", "features": [)" + features + "]}";
}

std::string feature(const std::string& geometry, const std::string& properties) {
    return R"({"type": "Feature", "geometry": )" + geometry + R"(, "properties": {)" + properties + "}}";
}

std::string point(const std::string& coordinates) {
    return R"({"type": "Point", "coordinates": [)" + coordinates + "]}";
}

}  // namespace

TEST_CASE("A CSV of longitudes and latitudes is read in file order, ids as text, names composed") {
    PlaceFile file{"thon.csv",
                   "ma_thon,ten_thon,Lon,LAT,grid_power\n"
                   "007,Xo\xCC\x81m Na\xCC\x86ng,105.5,18.9,C\xC3\x93\n"
                   "008,\"B, C\", 105.25 ,19,khong\n"
                   "009,,105,19.5,\n"};
    const PlacesSource source = file.read();
    CHECK(source.name == file.input.file.path);
    CHECK(source.operation.empty());
    CHECK_FALSE(source.synthetic);
    CHECK(source.places == std::vector<Place>{{"007", "Xóm Năng", {105.5, 18.9}, true},
                                              {"008", "B, C", {105.25, 19}, false},
                                              {"009", "", {105, 19.5}, std::nullopt}});
    CHECK_THAT(file.notices(), Catch::Contains("'ma_thon' as id of the settlements") &&
                                   Catch::Contains("'ten_thon' as name of the settlements") &&
                                   Catch::Contains("'grid_power' as grid power of the settlements") &&
                                   Catch::Contains("EPSG:4326"));
}

TEST_CASE("Sites have no grid power, and nothing is guessed where the study names the fields") {
    PlaceFile file{"tram.csv", "a,b,id,grid_power,kinh_do,vi_do\nS1,Núi,9,maybe,105,19\n"};
    file.input.id_field = "a";
    file.input.name_field = "B";
    file.input.file.crs = degrees;
    CHECK(file.read(io::PlaceKind::sites).places ==
          std::vector<Place>{{"S1", "Núi", {105, 19}, std::nullopt}});
    CHECK(file.notices().empty());
}

TEST_CASE("Without fields for id and name, places are numbered from 1") {
    PlaceFile file{"t.csv", "longitude;latitude\n105;19\n105.5;19\n"};
    const PlacesSource source = file.read(io::PlaceKind::settlements);
    REQUIRE(source.places.size() == 2);
    CHECK(source.places[1] == Place{"2", "", {105.5, 19}, std::nullopt});
    CHECK_THAT(file.notices(), Catch::Contains("numbered from 1") && Catch::Contains("ids stand alone"));
}

TEST_CASE("Columns x and y need a stated CRS, and so do degrees that are none") {
    PlaceFile metres{"m.csv", "id,x,y\n1,552700,2089750\n"};
    CHECK_THAT(metres.refusal(), Catch::Contains("m.csv") && Catch::Contains("settlements") &&
                                     Catch::Contains("crs = \"EPSG:...\""));
    metres.input.file.crs = "EPSG:32648";
    CHECK(metres.read(io::PlaceKind::settlements, "EPSG:32648").places[0].position == Point{552700, 2089750});

    PlaceFile swapped{"s.csv", "id,lon,lat\n1,105,19\n2,18.9,105.5\n"};
    CHECK_THAT(swapped.refusal(), Catch::Contains("feature 2") && Catch::Contains("swapped") &&
                                      Catch::Contains("crs = \"EPSG:...\""));
}

TEST_CASE("A table without positions or with words for numbers is refused by name") {
    CHECK_THAT((PlaceFile{"t.csv", "id,ten\n1,a\n"}.refusal()),
               Catch::Contains("longitude and latitude") && Catch::Contains("id, ten"));
    CHECK_THAT((PlaceFile{"t.csv", "id;lon;lat\n1;105,5;19\n"}.refusal()),
               Catch::Contains("feature 1") && Catch::Contains("'105,5' in field 'lon'"));
    CHECK_THAT((PlaceFile{"t.csv", "id,lon,lat\n1,105E,19\n"}.refusal()), Catch::Contains("'105E'"));
    CHECK_THAT((PlaceFile{"t.csv", "id,lon,lat\n1,nan,19\n"}.refusal()), Catch::Contains("'nan'"));
    CHECK_THAT((PlaceFile{"t.csv", "id,lon,lat\n1,,\n"}.refusal()), Catch::Contains("no usable position"));
}

TEST_CASE("A CSV in a stated encoding is decoded, and bytes that are no text are refused") {
    const std::string table = "id,name,lon,lat\n1,\xD0\xE1,105,19\n";
    PlaceFile file{"t.csv", table};
    CHECK_THAT(file.refusal(), Catch::Contains("not UTF-8") && Catch::Contains("encoding ="));
    file.input.file.encoding = "CP1258";
    CHECK(file.read().places[0].name == "Đá");
}

TEST_CASE("Points with heights and multipoints of one point are points") {
    PlaceFile file{"p.geojson", geojson(feature(point("105, 19, 1200"), R"("id": "a", "name": "x")") + "," +
                                        feature(R"({"type": "MultiPoint", "coordinates": [[105.5, 19]]})",
                                                R"("id": "b", "name": "y")"))};
    CHECK(file.read().places ==
          std::vector<Place>{{"a", "x", {105, 19}, std::nullopt}, {"b", "y", {105.5, 19}, std::nullopt}});
}

TEST_CASE("Of several positions the first is taken and places without one are left out, with a notice each") {
    PlaceFile file{
        "p.geojson",
        geojson(feature(R"({"type": "MultiPoint", "coordinates": [[105.5, 19], [106, 20]]})", R"("id": 1)") +
                "," + feature("null", R"("id": 2)") + "," +
                feature(R"({"type": "Point", "coordinates": []})", R"("id": 3)") + "," +
                feature(point("105, 19"), R"("id": 1)"))};
    const PlacesSource source = file.read();
    REQUIRE(source.places.size() == 2);
    CHECK(source.places[0].position == Point{105.5, 19});
    CHECK_THAT(file.notices(),
               Catch::Contains("feature 1 with several positions") &&
                   Catch::Contains("2 features (feature 2 is the first) without a position") &&
                   Catch::Contains("'1' on 2"));
}

TEST_CASE("Lines and polygons among points are refused by feature") {
    PlaceFile file{
        "p.geojson",
        geojson(feature(point("105, 19"), R"("id": 1)") + "," +
                feature(R"({"type": "LineString", "coordinates": [[105, 19], [106, 19]]})", R"("id": 2)"))};
    CHECK_THAT(file.refusal(), Catch::Contains("p.geojson") && Catch::Contains("feature 2") &&
                                   Catch::Contains("Line String") && Catch::Contains("not a point"));
}

TEST_CASE("Grid power is yes, no or nothing in any spelling, and any other word is refused") {
    for (const char* word : {"yes", "YES", "true", "1", "có", "CÓ", "co", " Co "}) {
        CHECK(io::yes_or_no(word) == std::optional{true});
    }
    for (const char* word : {"no", "False", "0", "không", "KHÔNG", "khong"}) {
        CHECK(io::yes_or_no(word) == std::optional{false});
    }
    CHECK_FALSE(io::yes_or_no("solar"));

    PlaceFile file{"t.csv", "id,dien,lon,lat\n1,kho\xCC\x82ng,105,19\n2,solar,105,19\n"};
    file.input.grid_power_field = "dien";
    CHECK_THAT(file.refusal(), Catch::Contains("feature 2") && Catch::Contains("'solar' in field 'dien'"));
    file.input.grid_power_field = "power";
    CHECK_THAT(file.refusal(), Catch::Contains("no field 'power'") && Catch::Contains("id, dien, lon, lat"));

    PlaceFile json{"p.geojson", geojson(feature(point("105, 19"), R"("grid_power": true)") + "," +
                                        feature(point("105, 19"), R"("grid_power": false)") + "," +
                                        feature(point("105, 19"), R"("grid_power": null)"))};
    const std::vector<Place> places = json.read().places;
    CHECK(places[0].grid_power == std::optional{true});
    CHECK(places[1].grid_power == std::optional{false});
    CHECK(places[2].grid_power == std::nullopt);
}

TEST_CASE(
    "VN-2000 sites in a GeoPackage come to WGS 84 by the national operation, with their synthetic mark") {
    PlaceFile file{"sites.gpkg"};
    {
        const io::DatasetHandle dataset{
            GDALCreate(GDALGetDriverByName("GPKG"), file.path().c_str(), 0, 0, 0, GDT_Unknown, nullptr)};
        const io::SpatialReferenceHandle crs{OSRNewSpatialReference(nullptr)};
        REQUIRE(OSRImportFromEPSG(crs.get(), 3405) == OGRERR_NONE);
        OGRLayerH layer = GDALDatasetCreateLayer(dataset.get(), "masts", crs.get(), wkbPointZM, nullptr);
        const io::FeatureHandle site{OGR_F_Create(OGR_L_GetLayerDefn(layer))};
        const io::GeometryHandle position{OGR_G_CreateGeometry(wkbPointZM)};
        OGR_G_SetPointZM(position.get(), 0, 552700, 2089750, 1200, 7);
        OGR_F_SetGeometry(site.get(), position.get());
        REQUIRE(OGR_L_CreateFeature(layer, site.get()) == OGRERR_NONE);
        GDALSetMetadataItem(layer, "SYNTHETIC", "YES", nullptr);
    }
    const PlacesSource source = file.read(io::PlaceKind::sites);
    CHECK(source.synthetic);
    CHECK_THAT(source.operation, Catch::Contains("EPSG:6960"));
    REQUIRE(source.places.size() == 1);
    // EPSG:6960 spelt out as a pipeline gives this; 1e-9 degrees are 0.1 mm.
    CHECK(source.places[0].position.x == Approx(105.502265685241).margin(1e-9));
    CHECK(source.places[0].position.y == Approx(18.898220382747).margin(1e-9));
    file.input.file.layer = "towers";
    CHECK_THAT(file.refusal(), Catch::Contains("no layer 'towers'") && Catch::Contains("masts"));
}

TEST_CASE("Positions without an image in the study's CRS are left out with a notice") {
    PlaceFile file{"t.csv", "id,name,lon,lat\n1,a,105,19\n2,b,-165,0\n"};
    const PlacesSource source = file.read(io::PlaceKind::sites, "EPSG:32648");
    CHECK(source.places.size() == 1);
    CHECK_THAT(file.notices(), Catch::Contains("feature 2 without a position in the CRS of the population"));
}

}  // namespace phusong::test
